/** Uploads a large file to the built server and prints what that did to its memory: `node upload-memory.ts [MB]`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const megabytes = Number(process.argv[2] ?? 500)
const mega = 1_000_000
const folder = mkdtempSync(join(tmpdir(), 'stagedoor-memory-'))
const url = 'http://localhost:4499'
const bin = fileURLToPath(new URL('../bin/stagedoor.mjs', import.meta.url))
const server = spawn(process.execPath, [bin, 'serve', '--json'], {
  env: { PUBLIC_URL: url, PORT: '4499', HOST: 'localhost', DATA_DIR: folder, LOG_LEVEL: 'silent' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
await once(server.stdout, 'data')

const tus = { 'tus-resumable': '1.0.0' }
const bytes = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }

const resident = (field = 'VmRSS'): number => {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
  return (Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024) / mega
}

async function upload(size: number): Promise<string> {
  const created = await fetch(`${url}/files/`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(size) },
  })
  const location = created.headers.get('location') ?? ''
  let left = size
  const body = new ReadableStream({
    pull: (controller) => {
      const part = new Uint8Array(Math.min(left, mega))
      left -= part.length
      if (part.length === 0) controller.close()
      else controller.enqueue(part)
    },
  })
  const sent = await fetch(location, { method: 'PATCH', headers: bytes, body, duplex: 'half' })
  if (sent.status !== 204) throw new Error(`The server answered ${sent.status}`)
  return location.replace('/files/', '/uploads/')
}

async function ended(location: string): Promise<string> {
  for (;;) {
    const { status } = await (await fetch(location)).json()
    if (status === 'done' || status === 'error') return status
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

await ended(await upload(mega))
const before = resident()
const from = performance.now()
const location = await upload(megabytes * mega)
const seconds = (performance.now() - from) / 1000
await ended(location)
const figures = {
  megabytes,
  seconds: Number(seconds.toFixed(2)),
  megabytesPerSecond: Math.round(megabytes / seconds),
  residentBefore: Math.round(before),
  residentPeak: Math.round(resident('VmHWM')),
  growth: Math.round(resident('VmHWM') - before),
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
server.kill('SIGTERM')
await once(server, 'exit')
rmSync(folder, { recursive: true })
