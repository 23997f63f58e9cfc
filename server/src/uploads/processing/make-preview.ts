import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { cutMp3, type Mp3 } from './cut-mp3.ts'

const previewSeconds = 30

/** Where a preview begins that is asked for at a time: the last part, when the audio has ended by then. */
const startOf = (wanted: number, seconds: number): number =>
  wanted < seconds ? wanted : Math.max(0, seconds - previewSeconds)

/** Cuts a preview out of a stream that was made here. @returns false where it is none of those */
export const cutPreview = (stream: Mp3, wanted: number, seconds: number, target: string): Promise<boolean> =>
  cutMp3(stream, { from: startOf(wanted, seconds), seconds: previewSeconds }, target)

/** The same out of a file that the encoder has just written. */
export async function makePreview(
  file: string,
  wanted: number,
  seconds: number,
  target: string,
): Promise<void> {
  const { size } = await stat(file)
  const read = (start: number, end: number) => createReadStream(file, { start, end })
  if (!(await cutPreview({ size, read }, wanted, seconds, target)))
    throw new Error('The encoder wrote no MP3 that can be cut')
}
