import { request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { type ServerName, startServer, type TusServer } from './tus-server.ts'

/** What an upload did to a server. */
export interface MeasuredUpload {
  readonly megabytesPerSecond: number
  /** Megabytes by which its memory grew at most, until the file was processed. */
  readonly growth: number
}

const mega = 1_000_000

/**
 * Uploads a WAV file to a server that was just started.
 * @param megabytes how large the file is
 */
export async function measureUpload(name: ServerName, megabytes: number): Promise<MeasuredUpload> {
  const server = await startServer(name)
  try {
    // What the first upload loads for good is not what is measured.
    const first = await upload(server, mega)
    if (name === 'stagedoor') await processed(first)
    const before = server.resident()
    server.forgetPeak()
    const from = performance.now()
    const location = await upload(server, megabytes * mega)
    const seconds = (performance.now() - from) / 1000
    if (name === 'stagedoor') await processed(location)
    return { megabytesPerSecond: megabytes / seconds, growth: (server.peak() - before) / mega }
  } finally {
    await server.end()
  }
}

const tus = { 'tus-resumable': '1.0.0' }

async function upload({ url }: TusServer, size: number): Promise<string> {
  const headers = { ...tus, 'upload-length': String(size) }
  const created = await fetch(`${url}/files`, { method: 'POST', headers })
  const location = created.headers.get('location')
  if (location === null) throw new Error(`The server answered ${created.status}`)
  const status = await patch(location, size)
  if (status !== 204) throw new Error(`The server answered ${status}`)
  return location
}

// Not `fetch`: its streams would be what is measured.
async function patch(location: string, size: number): Promise<number> {
  const headers = {
    ...tus,
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'content-length': String(size),
  }
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const sending = request(location, { method: 'PATCH', headers }, (response) => {
    response.resume().once('end', () => resolve(response.statusCode ?? 0))
  })
  sending.once('error', reject)
  await pipeline(Readable.from(partsOf(size)), sending)
  return promise
}

const part = 256 * 1024
const silence = Buffer.alloc(part)

function* partsOf(size: number): Generator<Uint8Array> {
  yield wavHeader(size)
  for (let left = size - 44; left > 0; left -= part) yield silence.subarray(0, Math.min(left, part))
}

/** The header of a WAV file that holds as little music in as many bytes as there can be: 192 kHz, 8 channels, 32 bits. */
export function wavHeader(size: number): Uint8Array {
  const [rate, channels, bytes] = [192_000, 8, 4]
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(size - 8, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * channels * bytes, 28)
  head.writeUInt16LE(channels * bytes, 32)
  head.writeUInt16LE(8 * bytes, 34)
  head.write('data', 36)
  head.writeUInt32LE(size - 44, 40)
  return head
}

/** Waits until ours has done with an upload what it does. @throws Error when it cannot */
export async function processed(location: string): Promise<void> {
  for (;;) {
    const { status } = await (await fetch(location.replace('/files/', '/uploads/'))).json()
    if (status === 'done') return
    if (status === 'error') throw new Error('The file could not be processed.')
    await setTimeout(50)
  }
}
