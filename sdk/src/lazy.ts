import { learn } from './errors/errors.ts'
import { lateCatalogue } from './errors/late-catalogue.ts'

/** What a login does not need: one file to load, when any of it is first used. */

export { apiOf } from './api/all.ts'
export { getUser } from './api/current-user.ts'
export { fetchFrom } from './api/fetch.ts'
export { abortable } from './http/abort.ts'
export { authorized } from './session/authorized.ts'
export { watch } from './session/watch.ts'

learn(lateCatalogue)
