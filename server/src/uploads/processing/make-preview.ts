import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { cutMp3, type Mp3 } from './cut-mp3.ts'

const previewSeconds = 30

const lastStart = (seconds: number): number => Math.max(0, seconds - previewSeconds)

/** Where the preview begins that comes with an upload: so that it is half a minute long, if the audio is. */
export const ownPreviewStart = (wanted: number | null, seconds: number): number =>
  Math.min(wanted ?? 0, lastStart(seconds))

// A track's preview begins when its artist says, if there is sound by then.
const startOf = (wanted: number, seconds: number): number => (wanted < seconds ? wanted : lastStart(seconds))

/** Cuts a preview out of a stream that was made here. @returns false where it is none of those */
export const cutPreview = (stream: Mp3, wanted: number, seconds: number, target: string): Promise<boolean> =>
  cutMp3(stream, { from: startOf(wanted, seconds), seconds: previewSeconds }, target)

/** Cuts the preview that comes with an upload, out of a file that the encoder has just written. */
export async function makePreview(
  file: string,
  wanted: number | null,
  seconds: number,
  target: string,
): Promise<void> {
  const { size } = await stat(file)
  const read = (start: number, end: number) => createReadStream(file, { start, end })
  if (!(await cutPreview({ size, read }, ownPreviewStart(wanted, seconds), seconds, target)))
    throw new Error('The encoder wrote no MP3 that can be cut')
}
