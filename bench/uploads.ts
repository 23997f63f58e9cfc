import { measureUpload } from './measure-uploads.ts'
import type { ServerName } from './tus-server.ts'

const megabytes = 500
const rounds = 5
const names: readonly ServerName[] = ['stagedoor', 'bare tus']
const runs = names.map((name) => ({ name, measured: [] as Awaited<ReturnType<typeof measureUpload>>[] }))

// Interleaved, so that whatever else the machine does meets both.
for (let round = 0; round < rounds; round += 1)
  for (const { name, measured } of runs) measured.push(await measureUpload(name, megabytes))

const rows = runs.map(({ name, measured }) => {
  const speed = Math.max(...measured.map(({ megabytesPerSecond }) => megabytesPerSecond))
  const growth = Math.max(...measured.map((run) => run.growth))
  return [name, Math.round(speed), Math.round(growth)].join(' | ')
})
const head = ['server | MB/s, best | memory growth in MB, worst', '--- | --: | --:']
console.log(`One upload of ${megabytes} MB, ${rounds} times each, in turn:\n`)
for (const row of [...head, ...rows]) console.log(`| ${row} |`)
