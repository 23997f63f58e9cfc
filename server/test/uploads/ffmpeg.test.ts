import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encoded, png, wav } from '@stagedoor/testkit/media'
import { afterAll, expect, test } from 'vitest'
import { ProcessEnded, runBounded } from '../../src/uploads/processing/bounded-process.ts'
import { findTranscoder } from '../../src/uploads/processing/ffmpeg.ts'
import { Unusable } from '../../src/uploads/processing/rejected-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'stagedoor-ffmpeg-'))
afterAll(() => rmSync(folder, { recursive: true }))
const transcoder = await findTranscoder()

const write = (name: string, bytes: string | Uint8Array) => writeFileSync(join(folder, name), bytes)

/** Has a file of the folder looked at and transcoded; answers its seconds. */
async function transcode(name: string, onProgress = () => {}): Promise<number> {
  if (transcoder === null) throw new Error('There is no ffmpeg here')
  const [file, target] = [join(folder, name), join(folder, 'out.mp3')]
  const stopped = AbortSignal.timeout(60_000)
  const { seconds } = await transcoder.transcode({
    file,
    target,
    isMono: false,
    maxSeconds: 600,
    onProgress,
    stopped,
  })
  await transcoder.probe(file, stopped)
  return seconds
}

test('UP-11: ffmpeg opens files of sound and nothing else, were a playlist ever to come through', async () => {
  write('open.ts', encoded('ts', 1, ['-c:a', 'aac']))
  write('open.wav', encoded('wav', 1))
  const playlist = (entry: string) =>
    `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${entry}\n#EXT-X-ENDLIST\n`
  write('open.m3u8', playlist('open.ts'))
  write('data.m3u8', playlist('data:audio/wav;base64,AAAA'))
  write('list', "ffconcat version 1.0\nfile 'open.wav'\n")
  expect(await transcode('open.wav')).toBeCloseTo(1, 1)
  for (const name of ['open.m3u8', 'data.m3u8', 'list', 'open.ts']) {
    await expect(transcode(name), name).rejects.toThrow(Unusable)
    await expect(transcoder?.probe(join(folder, name), AbortSignal.timeout(60_000)), name).rejects.toThrow(
      Unusable,
    )
  }
})

test.runIf(process.platform === 'linux')(
  'UP-11: the picture in a song is not decoded when it has too many pixels',
  async () => {
    write('art.png', png(7000, 7000))
    write('sound.flac', encoded('flac', 0, ['-t', '60'], 'anullsrc'))
    const files = ['-i', join(folder, 'sound.flac'), '-i', join(folder, 'art.png')]
    const copy = ['-map', '0', '-map', '1', '-c', 'copy', '-disposition:v', 'attached_pic']
    execFileSync('ffmpeg', ['-v', 'error', ...files, ...copy, join(folder, 'song.flac')])
    const peaks: number[] = []
    expect(await transcode('song.flac', () => peaks.push(peakOf('song.flac')))).toBeCloseTo(60, 0)
    expect(Math.max(...peaks)).toBeGreaterThan(1_000_000)
    // The pixels alone would be 147 MB.
    expect(Math.max(...peaks)).toBeLessThan(120_000_000)
  },
)

/** The most memory that the process which reads a file has held so far, in bytes; 0 when it has ended. */
function peakOf(name: string): number {
  for (const id of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, 'latin1').includes(join(folder, name))) continue
      const [, kilobytes = '0'] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? []
      return Number(kilobytes) * 1024
    } catch {
      // It ended meanwhile.
    }
  }
  return 0
}

test('a decoder that is asked to end, as with all of its service, has said nothing about the file', async () => {
  write('tone.wav', wav(20))
  const children = ['-TERM', '-x', '-P', String(process.pid), 'ffmpeg']
  let isAsked = false
  const ask = () => {
    if (!isAsked) execFileSync('pkill', children)
    isAsked = true
  }
  await expect(transcode('tone.wav', ask)).rejects.toThrow(ProcessEnded)
  const asked = runBounded(['sh', '-c', 'kill -TERM $$'], AbortSignal.timeout(60_000), () => {})
  await expect(asked).rejects.toThrow(ProcessEnded)
})
