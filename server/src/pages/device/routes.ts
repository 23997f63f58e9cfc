import type { Reply, Request } from '../../http/message.ts'
import type { PageDeps } from '../page-deps.ts'
import { answerDevice, askAboutDevice, askForUserCode, showDeviceAnswered, takeUserCode } from './device.ts'

type Answer = (request: Request, deps: PageDeps) => Reply | Promise<Reply>

/** The pages on which a person logs a device in. */
export const devicePages: readonly (readonly ['GET' | 'POST', string, Answer])[] = [
  ['GET', '/device', askForUserCode],
  ['POST', '/device', takeUserCode],
  ['GET', '/device/allow', askAboutDevice],
  ['POST', '/device/answer', answerDevice],
  ['GET', '/device/allowed', showDeviceAnswered],
  ['GET', '/device/cancelled', showDeviceAnswered],
]
