import { expect, test } from 'vitest'
import { anonymousLoad } from './anonymous-load.ts'
import { startServer } from './tus-server.ts'

test('strangers on every public route cost nothing that lasts, and keep out nobody who is signed in', async () => {
  const server = await startServer('stagedoor')
  try {
    const report = await anonymousLoad(server, { sockets: 64, milliseconds: 5000 })
    expect(Object.keys(report.statuses).filter((status) => Number(status) >= 500 || status === '0')).toEqual(
      [],
    )
    expect(report.dataBytes).toBeLessThan(1024 * 1024)
    expect(report.personFailures).toBe(0)
  } finally {
    await server.end()
  }
}, 60_000)
