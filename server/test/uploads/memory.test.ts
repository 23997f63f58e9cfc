import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { installation, served, temporaryFolder } from '../command.ts'
import { idOf, Sender } from './sender.ts'

const mebi = 1024 * 1024

test('100 MB go through without staying in memory', { timeout: 60_000 }, async () => {
  const server = await served(['serve'], await installation(temporaryFolder()))
  const sender = new Sender(server.url)
  const residentBytes = () => {
    const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
  }
  // What the first upload loads for good is not what is measured.
  await sender.ended(await sender.send(new Uint8Array(mebi)))
  const before = residentBytes()
  const url = await sender.create(100 * mebi)
  let sent = 0
  let most = 0
  const body = new ReadableStream({
    pull: (controller) => {
      if (sent === 100 * mebi) return controller.close()
      controller.enqueue(new Uint8Array(mebi))
      sent += mebi
      most = Math.max(most, residentBytes())
    },
  })
  expect((await sender.patch(url, 0, body)).status).toBe(204)
  most = Math.max(most, residentBytes())
  expect(await sender.ended(idOf(url))).toMatchObject({ status: 'error' })
  most = Math.max(most, residentBytes())
  expect((most - before) / mebi).toBeLessThan(60)
  await server.end('SIGTERM')
})
