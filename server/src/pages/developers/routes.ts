import type { Reply, Request } from '../../http/message.ts'
import type { FileFormDeps } from '../forms/file-form.ts'
import { addRedirectUri } from './add-redirect-uri.ts'
import { saveApp, showApp } from './app.ts'
import { createApp, showApps } from './apps.ts'
import { compareEvents } from './compare.ts'
import { askToDeleteApp, deleteApp } from './delete-app.ts'
import type { DeveloperDeps } from './developer-deps.ts'
import { saveIdTokens } from './id-tokens.ts'
import { saveLog, showLog } from './log.ts'
import { followLog } from './log-events.ts'
import { showQuickstart } from './quickstart.ts'
import { explainRequest } from './request.ts'
import { showTestLogin, startTestLogin } from './test-login/page.ts'
import { saveTokenBinding } from './token-binding.ts'
import { createManagementToken, revokeManagementToken, showManagementTokens } from './tokens.ts'
import { saveUsage, showUsage } from './usage.ts'

/** What the pages of the portal need. */
export interface DeveloperPageDeps extends DeveloperDeps, FileFormDeps {}

/** A page or form of the portal: whether its body is left to it to read comes last. */
export type DeveloperPage = readonly [
  method: 'GET' | 'POST',
  path: string,
  answer: (request: Request, deps: DeveloperPageDeps) => Reply | Promise<Reply>,
  isStreamed?: boolean,
]

/** Every page and form on which developers look after their apps. */
export const developerPages: readonly DeveloperPage[] = [
  ['GET', '/developers', showApps],
  ['POST', '/developers', createApp],
  ['GET', '/developers/tokens', showManagementTokens],
  ['POST', '/developers/tokens', createManagementToken],
  ['POST', '/developers/tokens/revoke', revokeManagementToken],
  ['GET', '/developers/requests', explainRequest],
  ['GET', '/developers/:api_key', showApp],
  ['POST', '/developers/:api_key', saveApp, true],
  ['POST', '/developers/:api_key/redirect-uris', addRedirectUri],
  ['POST', '/developers/:api_key/id-tokens', saveIdTokens],
  ['POST', '/developers/:api_key/token-binding', saveTokenBinding],
  ['GET', '/developers/:api_key/quickstart', showQuickstart],
  ['GET', '/developers/:api_key/test-login', showTestLogin],
  ['POST', '/developers/:api_key/test-login', startTestLogin],
  ['GET', '/developers/:api_key/log', showLog],
  ['GET', '/developers/:api_key/log.csv', saveLog],
  ['GET', '/developers/:api_key/log/compare', compareEvents],
  ['GET', '/developers/:api_key/log/events', followLog],
  ['GET', '/developers/:api_key/usage', showUsage],
  ['GET', '/developers/:api_key/usage/:file', saveUsage],
  ['GET', '/developers/:api_key/delete', askToDeleteApp],
  ['POST', '/developers/:api_key/delete', deleteApp],
]
