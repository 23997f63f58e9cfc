import type { Params } from '../../http/params.ts'
import { exchangeCode } from './authorization-code.ts'
import { deviceGrantType, exchangeDeviceCode } from './device-code.ts'
import { refresh } from './refresh-token.ts'
import type { GrantDeps, TokenResponse } from './token-response.ts'

type Grant = (params: Params, clientId: string | null, deps: GrantDeps) => Promise<TokenResponse>

/** Every grant of the token endpoint, by its `grant_type`. */
export const grants: ReadonlyMap<string, Grant> = new Map([
  ['authorization_code', exchangeCode],
  ['refresh_token', refresh],
  [deviceGrantType, exchangeDeviceCode],
])
