import { learn } from '../errors/errors.ts'
import { lateCatalogue } from '../errors/late-catalogue.ts'

/** What a login in windows needs once its page is open, or once its answer has come: one file to load then. */

export { channelOf, factsOf } from '../platform/browser-channel.ts'
export { advise } from './advise.ts'
export { awaitPopup } from './await-popup.ts'
export { completeLogin } from './complete-login.ts'
export { tellOfUnhandled } from './unhandled.ts'
export { wrongServer } from './wrong-server.ts'

learn(lateCatalogue)
