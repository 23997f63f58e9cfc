import { encoded, png, wav } from '@stagedoor/testkit/media'
import { fileServer } from '@stagedoor/testkit/server'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import { get } from '@stagedoor/testkit/wire-app'
import { Upload } from 'tus-js-client'
import { expect, test } from 'vitest'

const server = await fileServer()
const closed = await fileServer({ UPLOADS_REQUIRE_AUTH: 'true' })

/** Uploads as the library does by itself, without a token; answers the upload's URL. */
function upload(
  origin: string,
  bytes: Buffer,
  metadata: Record<string, string>,
  chunkSize = Number.POSITIVE_INFINITY,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = new Upload(bytes, {
      endpoint: `${origin}/files/`,
      retryDelays: null,
      chunkSize,
      metadata,
      onError: reject,
      onSuccess: () => resolve(sending.url ?? ''),
    })
    sending.start()
  })
}

test('tus-js-client, unmodified and without a token, uploads audio and sees it done', async () => {
  const song = encoded('mp3', 40, ['-metadata', 'TBPM=128', '-metadata', 'TKEY=Am'])
  const metadata = {
    filename: 'A song.mp3',
    filetype: 'audio/mpeg',
    template: 'audio',
    previewStartSeconds: '5',
    placementHosts: '',
  }
  const url = await upload(server.url, song, metadata, 100_000)
  const sender = new Sender(server.url)
  const done = await sender.ended(idOf(url))
  expect(done).toEqual({
    id: idOf(url),
    status: 'done',
    template: 'audio',
    orig_file_cid: expect.stringMatching(/^bafkrei[a-z2-7]{52}$/),
    orig_filename: 'A song.mp3',
    probe: { format: { duration: expect.stringMatching(/^40(?:\.\d+)?$/) } },
    loudness: { integrated: expect.any(Number), true_peak: expect.any(Number) },
    results: {
      '320': expect.stringMatching(/^bafkrei[a-z2-7]{52}$/),
      '320_preview|30': expect.stringMatching(/^bafkrei[a-z2-7]{52}$/),
    },
    transcoded: true,
    transcode_progress: 1,
    audio_analysis_results: { bpm: 128, key: 'Am' },
    audio_analysis_error_count: 0,
  })
})

test('and a picture', async () => {
  const url = await upload(server.url, png(300, 200), { filename: 'cover.png', template: 'img_square' })
  const done = await new Sender(server.url).ended(idOf(url))
  expect(done).toMatchObject({
    status: 'done',
    template: 'img_square',
    results: {},
    orig_filename: 'cover.png',
  })
})

test('is refused where uploads take a token', async () => {
  await expect(upload(closed.url, wav(1), { template: 'audio' })).rejects.toThrow(/401/)
})

test.each([
  ['HTML as MP3', '<!doctype html><script>alert(1)</script>', 'audio', /Send MP3/],
  ['SVG as PNG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'img_square', /Send JPEG/],
])('%s is refused at once, and the library does not try again', async (_, start, template, words) => {
  const spoofed = Buffer.alloc(30_000_000, start)
  let answers = 0
  const error = await new Promise<Error>((resolve, reject) => {
    const sending = new Upload(spoofed, {
      endpoint: `${server.url}/files/`,
      retryDelays: [0, 0, 0],
      metadata: { filename: 'song.mp3', filetype: 'audio/mpeg', template },
      onAfterResponse: () => {
        answers += 1
      },
      onError: resolve,
      onSuccess: () => reject(new Error('It was taken')),
    })
    sending.start()
  })
  expect(error.message).toMatch(/response code: 422/)
  expect(error.message).toMatch(words)
  // Of the creation and the refusal; neither was asked for twice.
  expect(answers).toBe(2)
})

test('a client finds the storage node here', async () => {
  const { body } = await get(`${server.url}/health_check`)
  expect(body).toEqual({
    data: {
      network: {
        content_nodes: [{ endpoint: server.url, delegateOwnerWallet: expect.stringMatching(/^0x0{40}$/) }],
      },
      diskHasSpace: true,
      transcodeStats: { AvgTranscodeTime: 0 },
    },
  })
})
