import { anonymousLoad } from './anonymous-load.ts'
import { startServer } from './tus-server.ts'

// A minute of strangers on every public route, on 64 connections, and what a signed-in person notices of it.

const [seconds = '60'] = process.argv.slice(2)
const server = await startServer('stagedoor')
try {
  const report = await anonymousLoad(server, { sockets: 64, milliseconds: Number(seconds) * 1000 })
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`
  console.log(`${report.requests} requests in ${seconds} s: ${JSON.stringify(report.statuses)}`)
  console.log(`Data folder: ${kilobytes(report.dataBytes)} more (goal: less than 1024 kB)`)
  console.log(`Memory: ${kilobytes(report.memoryBytes)} more (goal: less than 65536 kB)`)
  console.log(
    `Signed in: ${report.personRequests} requests, ${report.personFailures} not answered with 200, 99 of 100 within ${report.personP99.toFixed(0)} ms (goal: 250 ms)`,
  )
} finally {
  await server.end()
}
