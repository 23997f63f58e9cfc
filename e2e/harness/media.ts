import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from './program.ts'

/** A PNG of one pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Files as artists have them, on the disk. */
export interface Media {
  /** An MP3 of 40 seconds that swells and fades: 1.6 MB, more than an upload sends at once. */
  readonly audio: string
  /** A square PNG. */
  readonly cover: string
  /** A web page that calls itself an MP3. */
  readonly fake: string
  delete(): Promise<void>
}

const findFfmpeg = () =>
  findProgram({
    names: ['ffmpeg'],
    variable: 'FFMPEG_PATH',
    missing: 'The upload tests need ffmpeg. Install it with `npm run prepare:tests`',
  })

/** A PNG as detailed as a photograph. @param width,height pixels */
export async function makePhoto(width: number, height: number): Promise<Buffer> {
  const source = `mandelbrot=s=${width}x${height}`
  const args = ['-v', 'error', '-f', 'lavfi', '-i', source, '-frames:v', '1', '-c:v', 'png']
  const options = { encoding: 'buffer', maxBuffer: 10_000_000 } as const
  const { stdout } = await promisify(execFile)(findFfmpeg(), [...args, '-f', 'image2pipe', '-'], options)
  return stdout
}

/** Makes the files with ffmpeg. */
export async function makeMedia(): Promise<Media> {
  const ffmpeg = findFfmpeg()
  const folder = await mkdtemp(join(tmpdir(), 'stagedoor-media-'))
  const [audio, cover, fake] = ['night_drive.mp3', 'cover.png', 'page.mp3'].map((name) => join(folder, name))
  if (!audio || !cover || !fake) throw new Error('There are three names.')
  const run = (source: string, ...rest: string[]) =>
    promisify(execFile)(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', source, ...rest])
  const swell = 'aevalsrc=exprs=(0.15+0.8*sin(PI*t/40)^2*abs(sin(PI*t/5)))*sin(440*PI*t):d=40'
  await run(swell, '-b:a', '320k', audio)
  await run('gradients=s=600x600:c0=#5f2185:c1=#f0a35e:x0=0:y0=0:x1=600:y1=600', '-frames:v', '1', cover)
  await writeFile(fake, '<!doctype html><title>No music</title><p>Nothing to hear here.</p>')
  return { audio, cover, fake, delete: () => rm(folder, { recursive: true }) }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const sha256Of = async (file: string): Promise<string> => sha256(await readFile(file))
