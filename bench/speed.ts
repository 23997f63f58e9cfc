import { request } from './speed/connection.ts'
import { type Client, type Cost, drive } from './speed/drive.ts'
import { start } from './speed/processes.ts'
import { exchanging, getting, installed, refreshing } from './speed/stagedoor.ts'

// What a request costs here and on a bare Fastify that answers as much, in turns on the same machine.

const [milliseconds = '3000', connections = '32'] = process.argv.slice(2)
const ms = Number(milliseconds)
const clients = (client: (index: number) => Client): Client[] =>
  Array.from({ length: Number(connections) }, (_, index) => client(index))

const rows: [string, Cost][] = []
const measure = async (name: string, ...run: Parameters<typeof drive>) => {
  rows.push([name, await drive(...run)])
}

const bare = await start('bare Fastify')
await bare.serve()
const ours = await installed()
try {
  const plain = (line: string, body = '') => {
    const type = body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
    const bytes = request(line, type, '198.51.100.1', body)
    return clients(() => ({ next: () => bytes, take: () => undefined }))
  }
  const codes: string[] = []
  while (codes.length < 800) codes.push(...(await Promise.all(Array.from({ length: 8 }, () => ours.code()))))
  const pairs: { access: string; refresh: string }[] = []
  await measure(
    'exchange',
    ours.server,
    clients((index) => exchanging(ours, codes, pairs, index)),
    60_000,
  )
  const accesses: string[] = []
  const logins = pairs.slice(0, Number(connections)).map(({ refresh }) => refresh)
  const refreshed = clients((index) => refreshing(ours, logins[index] ?? '', accesses, index))
  await drive(ours.server, refreshed, ms / 4)
  await measure('refresh', ours.server, refreshed, ms)
  const bareToken = plain(
    'POST /v1/oauth/token',
    new URLSearchParams({ refresh_token: 'x'.repeat(200) }).toString(),
  )
  await drive(bare, bareToken, ms / 4)
  await measure('bare Fastify, POST', bare, bareToken, ms)
  const hot = accesses.slice(-1)
  for (const [name, tokens] of [
    ['/v1/me, one token', hot],
    [`/v1/me, ${accesses.length} tokens`, accesses],
  ] as const) {
    await drive(
      ours.server,
      clients((index) => getting(ours, '/v1/me', tokens, index)),
      ms / 4,
    )
    await measure(
      name,
      ours.server,
      clients((index) => getting(ours, '/v1/me', tokens, index)),
      ms,
    )
  }
  await drive(bare, plain('GET /v1/me'), ms / 4)
  await measure('bare Fastify, GET', bare, plain('GET /v1/me'), ms)
  for (const path of ['/healthz', '/v1/tracks/search?query=a', '/sign-in'])
    await measure(
      path,
      ours.server,
      clients((index) => getting(ours, path, [], index)),
      ms,
    )
  console.log(
    '| phase | requests a second | server CPU µs | p50 µs | p99 µs |\n| --- | --: | --: | --: | --: |',
  )
  for (const [name, { perSecond, cpu, p50, p99 }] of rows)
    console.log(`| ${name} | ${perSecond} | ${cpu} | ${p50} | ${p99} |`)
  console.log(`Memory afterwards: ${ours.server.resident().toFixed(0)} MB`)
} finally {
  await bare.end()
  await ours.server.end()
}
