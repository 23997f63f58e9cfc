/**
 * `npm run docs:static -- FOLDER --public-url https://login.example.com`: the documentation as files, for any host of files.
 * They are what a server of this build answers, written down: begin with `npm run build`.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { WrittenDocs } from '../../src/http/docs-files.ts'
import { root } from './sources.ts'

const { values, positionals } = parseArgs({
  options: { 'public-url': { type: 'string' } },
  allowPositionals: true,
})
const [folder] = positionals
const publicUrl = values['public-url']
if (folder === undefined || publicUrl === undefined || !URL.canParse(publicUrl)) {
  console.error(
    'Say where to, and which server the pages name: npm run docs:static -- FOLDER --public-url URL',
  )
  process.exit(1)
}

const { host, origin } = new URL(publicUrl)
const port = await freePort()
const data = mkdtempSync(join(tmpdir(), 'stagedoor-docs-'))
const server = spawn(process.execPath, [join(root, 'server/bin/stagedoor.mjs'), 'serve'], {
  env: {
    ...process.env,
    ...{ PUBLIC_URL: origin, DATA_DIR: data, PORT: String(port), HOST: '127.0.0.1', TRUSTED_PROXIES: 'none' },
    LOG_LEVEL: 'silent',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  await new Promise<void>((resolve, reject) => {
    server.stdout.once('data', () => resolve())
    server.once('exit', () => reject(new Error('The server did not start.')))
  })
  const written = await writePages(folder)
  console.log(`${written} files in ${folder}`)
} finally {
  server.removeAllListeners('exit')
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
  rmSync(data, { recursive: true })
}

async function writePages(to: string): Promise<number> {
  const docs = readFileSync(join(root, 'server/dist/docs/pages.json'), 'utf8')
  const { pages, groups }: WrittenDocs = JSON.parse(docs)
  const listed = groups.flatMap((group) => group.pages)
  const addresses = new Set([...pages, ...listed].map(({ at }) => at))
  const files = new Map<string, Buffer>()
  for (const at of addresses) {
    const html = (await get(at === '' ? '/docs' : `/docs/${at}`)).toString()
    for (const [, asset = ''] of html.matchAll(/(?:href|src)="(\/(?:assets\/[^"]+|favicon\.svg))"/g))
      if (!files.has(asset)) files.set(asset, await get(asset))
    // What is no part of the documentation is at the server.
    const page = html.replaceAll(/href="(\/(?!docs[/"#]|assets\/|favicon)[^"]*)"/g, `href="${origin}$1"`)
    files.set(join('/docs', at, 'index.html'), Buffer.from(page))
    const markdown = `/docs/${at || 'index'}.md`
    files.set(markdown, await get(markdown))
  }
  for (const path of ['/docs/search.json', '/llms.txt']) files.set(path, await get(path))
  for (const [path, bytes] of files) {
    const file = join(to, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
  return files.size
}

/** What the server answers at a path, under its own host. */
function get(path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve(Buffer.concat(parts))
          : reject(new Error(`${path} answers ${answer.statusCode}`)),
      )
    })
    asked.on('error', reject).end()
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0))
    })
  })
}
