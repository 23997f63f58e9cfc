import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { files, type MediaFile } from './media/files.ts'
import { decoded } from './media/make.ts'
import { startServer, type TusServer } from './tus-server.ts'

/** Seconds by which the length told may differ from what is decoded. */
const tolerance = 0.1
const document = new URL('../docs/media.md', import.meta.url)
const tus = { 'tus-resumable': '1.0.0' }

interface Row {
  readonly name: string
  readonly kilobytes: number
  readonly outcome: string
  readonly isRight: boolean
}

/** Sends a file and waits for what becomes of it: its status, or why it was refused at once. */
async function send({ url }: TusServer, bytes: Buffer): Promise<Readonly<Record<string, unknown>>> {
  const headers = { ...tus, 'upload-length': String(bytes.length) }
  const created = await fetch(`${url}/files`, { method: 'POST', headers })
  const location = created.headers.get('location')
  if (location === null) throw new Error(`The server answered ${created.status}`)
  const patch = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  const sent = await fetch(location, { method: 'PATCH', headers: patch, body: new Uint8Array(bytes) })
  if (sent.status !== 204) {
    const { error_description: error } = await sent.json()
    return { status: 'error', error }
  }
  for (;;) {
    const upload = await (await fetch(location.replace('/files/', '/uploads/'))).json()
    if (upload.status === 'error') return upload
    // So that only a few are open at once.
    if (upload.status === 'done')
      return { ...upload, end: () => fetch(location, { method: 'DELETE', headers: tus }) }
    await setTimeout(30)
  }
}

async function row(server: TusServer, { name, bytes: make, refused }: MediaFile): Promise<Row> {
  const bytes = make()
  const upload = await send(server, bytes)
  const kilobytes = Math.max(1, Math.round(bytes.length / 1000))
  if (upload['status'] === 'error') {
    const words = String(upload['error'])
    return { name, kilobytes, outcome: words, isRight: refused?.test(words) ?? false }
  }
  const told = Number(Object(Object(upload['probe'])['format'])['duration'])
  const cid = String(Object(upload['results'])['320'])
  const stream = decoded(readFileSync(join(server.folder, 'content', cid, 'audio')))
  const source = decoded(bytes)
  const { end } = upload
  if (typeof end === 'function') await end()
  const isRight =
    refused === undefined && [stream, source].every((seconds) => Math.abs(told - seconds) <= tolerance)
  const outcome = `${told.toFixed(2)} s told · ${source.toFixed(2)} s decoded · ${stream.toFixed(2)} s served`
  return { name, kilobytes, outcome, isRight }
}

const line = ({ name, kilobytes, outcome, isRight }: Row): string =>
  `| ${name} | ${kilobytes} | ${isRight ? '' : '**wrong:** '}${outcome} |`
const head = ['| file | kB | what becomes of it |', '| --- | --: | --- |']

const server = await startServer('stagedoor')
const rows: Row[] = []
console.log(head.join('\n'))
try {
  for (const file of files) {
    const told = await row(server, file)
    rows.push(told)
    console.log(line(told))
  }
} finally {
  await server.end()
}

const wrong = rows.filter(({ isRight }) => !isRight)
const table = [...head, ...rows.map(line)]
const text = `# Files

What becomes of ${rows.length} files that ffmpeg makes, each sent as an upload: published, with the length that is heard, or refused with
the reason. This page is made by \`npm run media -w bench -- --write\`.

${table.join('\n')}
`
if (process.argv.includes('--write')) writeFileSync(document, text)
console.log(`${rows.length - wrong.length} of ${rows.length} as they should be`)
for (const { name, outcome } of wrong) console.log(`wrong: ${name}: ${outcome}`)
process.exitCode = wrong.length === 0 ? 0 : 1
