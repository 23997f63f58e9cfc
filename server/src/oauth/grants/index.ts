import type { Params } from '../../http/params.ts'
import { exchangeCode } from './authorization-code.ts'
import { deviceGrantType, exchangeDeviceCode } from './device-code.ts'
import { refresh } from './refresh-token.ts'
import type { GrantDeps, TokenClient, TokenResponse } from './token-response.ts'

type Grant = (params: Params, client: TokenClient, deps: GrantDeps) => Promise<TokenResponse>

const always: ReadonlyMap<string, Grant> = new Map([
  ['authorization_code', exchangeCode],
  ['refresh_token', refresh],
])
const withDevices: ReadonlyMap<string, Grant> = new Map([...always, [deviceGrantType, exchangeDeviceCode]])

/**
 * The grants of the token endpoint, by their `grant_type`.
 * @param takesDevices whether devices without a browser may log in
 */
export const grantsOf = (takesDevices: boolean): ReadonlyMap<string, Grant> =>
  takesDevices ? withDevices : always
