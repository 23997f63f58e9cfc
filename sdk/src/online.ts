import { learn } from './errors/errors.ts'
import { lateCatalogue } from './errors/late-catalogue.ts'

/** What talks to the server: one file to load with the first request. */

export { clientOf } from './http/client.ts'
export { sendLogouts } from './session/revocations.ts'
export { trade } from './session/trade.ts'

learn(lateCatalogue)
