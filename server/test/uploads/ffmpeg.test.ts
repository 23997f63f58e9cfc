import { execFileSync } from 'node:child_process'
import { createCipheriv, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encoded, png } from '@stagedoor/testkit/media'
import { afterAll, expect, test } from 'vitest'
import { findTranscoder } from '../../src/uploads/processing/ffmpeg.ts'
import { Unusable } from '../../src/uploads/processing/rejected-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'stagedoor-ffmpeg-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, bytes: string | Uint8Array) => writeFileSync(join(folder, name), bytes)

/** Transcodes a file of the folder, read as what it is said to be. */
async function transcode(name: string, demuxer: string, onProgress = () => {}): Promise<number> {
  const transcoder = await findTranscoder()
  if (transcoder === null) throw new Error('There is no ffmpeg here')
  return transcoder.transcode({
    file: join(folder, name),
    demuxer,
    target: join(folder, 'out.mp3'),
    from: 0,
    seconds: 600,
    onProgress,
    stopped: AbortSignal.timeout(60_000),
  })
}

test('UP-11: ffmpeg opens files and nothing else, were a playlist ever to come through', async () => {
  const sound = encoded('ts', 1, ['-c:a', 'aac'])
  const [key, iv] = [randomBytes(16), randomBytes(16)]
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  write('key.ts', key)
  write('open.ts', sound)
  write('sealed.ts', Buffer.concat([cipher.update(sound), cipher.final()]))
  const playlist = (lines: string) =>
    `#EXTM3U\n#EXT-X-TARGETDURATION:9\n${lines}\n#EXTINF:9,\nopen.ts\n#EXT-X-ENDLIST\n`
  write('open.m3u8', playlist(''))
  // Read through the protocol `crypto`, which ffmpeg allows any file by itself, as it does `data`.
  const sealed = `#EXT-X-KEY:METHOD=AES-128,URI="key.ts",IV=0x${iv.toString('hex')}`
  write('sealed.m3u8', playlist(sealed).replace('open.ts', 'sealed.ts'))
  expect(await transcode('open.m3u8', 'hls')).toBeCloseTo(1, 0)
  await expect(transcode('sealed.m3u8', 'hls')).rejects.toThrow(Unusable)
})

test.runIf(process.platform === 'linux')(
  'UP-11: the picture in a song is not decoded when it has too many pixels',
  async () => {
    write('art.png', png(7000, 7000))
    write('sound.flac', encoded('flac', 0, ['-t', '120'], 'anullsrc'))
    const files = ['-i', join(folder, 'sound.flac'), '-i', join(folder, 'art.png')]
    const copy = ['-map', '0', '-map', '1', '-c', 'copy', '-disposition:v', 'attached_pic']
    execFileSync('ffmpeg', ['-v', 'error', ...files, ...copy, join(folder, 'song.flac')])
    const peaks: number[] = []
    expect(await transcode('song.flac', 'flac', () => peaks.push(peakOf('song.flac')))).toBeCloseTo(120, 0)
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
