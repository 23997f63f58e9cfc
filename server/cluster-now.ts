import { startCluster } from './postgres-test/cluster.ts'
const c = await startCluster('on')
console.log(c.url)
process.on('SIGTERM', () => c.end().then(() => process.exit(0)))
setInterval(() => {}, 1e6)
