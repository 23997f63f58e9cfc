import { measure, tableOf } from './measure.ts'

console.log(`kB of a minimal login app with each client:\n\n${tableOf(await measure())}`)
