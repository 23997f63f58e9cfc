import { serve } from '@stagedoor/testkit/token-server'
import { expect, test } from 'vitest'
import { openFile } from '../src/uploads/file.ts'
import { audioResult } from '../src/uploads/result.ts'

/** What an upload of a file would send. */
async function sent(file: Parameters<typeof openFile>[0]) {
  const { size, read } = await openFile(file)
  const bytes = await new Response(await read(0, size)).text()
  return { size, bytes }
}

test('bytes are sent as they are, and nothing of the memory around them', async () => {
  const memory = new TextEncoder().encode('secret song secret')
  const song = memory.subarray(7, 11)
  expect(await sent(song)).toEqual({ size: 4, bytes: 'song' })
  // Node keeps small buffers together in one piece of memory.
  expect(await sent(Buffer.from('song'))).toEqual({ size: 4, bytes: 'song' })
  expect(await sent({ buffer: song, name: 'song.mp3' })).toEqual({ size: 4, bytes: 'song' })
  const { name, type, identity } = await openFile(song)
  expect([name, type, identity]).toEqual(['untitled', '', undefined])
})

test('the words of a server that has no such file are not the file', async () => {
  const server = await serve()
  server.on('/gone.mp3', (_call, response) => void response.writeHead(404).end('There is no such file'))
  server.on('/song.mp3', (_call, response) => void response.writeHead(200).end('song'))
  await expect(openFile({ uri: `${server.url}/gone.mp3` })).rejects.toMatchObject({ code: 'unreadable_file' })
  expect(await sent({ uri: `${server.url}/song.mp3` })).toEqual({ size: 4, bytes: 'song' })
})

test.each([
  ['nothing', undefined],
  ['a path', '/tmp/song.mp3'],
  ['a stream', new ReadableStream()],
  ['a list', []],
])('%s is no file', async (_, given) => {
  await expect(Reflect.apply(openFile, undefined, [given])).rejects.toMatchObject({ code: 'unreadable_file' })
})

test.each([
  ['0.3', 1],
  ['12.5', 13],
  ['0', 0],
  ['x', 0],
])('audio of %s s lasts %i s', (duration, seconds) => {
  const status = { orig_file_cid: 'a', results: { 320: 'b' }, probe: { format: { duration } } }
  expect(audioResult(status, undefined).duration).toBe(seconds)
})
