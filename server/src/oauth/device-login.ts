import { parseApiKey } from '../apps/api-key.ts'
import { digest, mint, type Random } from '../crypto/secret.ts'
import { device as refuse } from '../errors/device.ts'
import { token as refuseToken } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'
import { lifetimes } from '../limits.ts'
import type { Digest, Instant, Store } from '../store/contract/store.ts'
import { parseOpenIdScope, parseScope } from './scope.ts'

export interface DeviceDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly random: Random
  readonly issuer: string
  /** Null where OpenID Connect is switched off. */
  readonly openid: unknown
}

/** RFC 8628 §3.2, with the address of a picture of the address for people to point their phones at. */
export interface DeviceAuthorization {
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly verification_uri_complete: string
  readonly verification_uri_qr: string
  readonly expires_in: number
  readonly interval: number
}

const intervalMs = 5000
/** Logins of one app that may wait at once. */
const mostOpen = 10_000
const attempts = 5

// RFC 8628 §6.1: no vowels, so no words; nothing that looks like a digit.
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ'
const codeLength = 8

/**
 * Begins a login on a device that has no browser of its own (RFC 8628 §3.1).
 * @throws OAuthError
 */
export async function beginDeviceLogin(params: Params, deps: DeviceDeps): Promise<DeviceAuthorization> {
  const clientId = params.get('client_id')
  if (clientId === undefined) throw refuseToken.missing('client_id')
  const apiKey = parseApiKey(clientId)
  const app = apiKey === undefined ? undefined : await deps.store.findApp(apiKey)
  if (app === undefined) throw refuseToken.unknownClient()
  if (app.suspendedAt !== null) throw refuse.suspended()
  const scope = scopeOf(params.get('scope'), deps)
  if (scope === undefined) throw refuse.scope()
  const { text: device_code, digest: code } = mint('device', deps.random)
  const now = deps.clock()
  const login = {
    ...{ digest: code, apiKey: app.apiKey, scope: scope.access, openid: scope.openid, intervalMs },
    ...{ createdAt: now, expiresAt: now + lifetimes.deviceLogin },
  }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const user_code = newUserCode(deps.random)
    const outcome = await deps.store.createDeviceLogin(
      { ...login, userCode: userCodeOf(user_code) },
      mostOpen,
    )
    if (outcome === 'full') throw refuse.full()
    if (outcome === 'taken') continue
    const verification_uri = `${deps.issuer}/device`
    return {
      device_code,
      user_code,
      verification_uri,
      verification_uri_complete: `${verification_uri}?user_code=${user_code}`,
      verification_uri_qr: `${verification_uri}/qr.svg?user_code=${user_code}`,
      expires_in: lifetimes.deviceLogin / 1000,
      interval: intervalMs / 1000,
    }
  }
  throw refuse.full()
}

/** What is stored of what a person types, however they write it. */
export const userCodeOf = (typed: string): Digest => digest(`user code ${letters(typed)}`)

/** A code as it is shown: two groups of four. */
export const asShown = (typed: string): string => letters(typed).replace(/^(.{4})(.{1,})$/, '$1-$2')

/** Whether a text can be a code at all. */
export const isUserCode = (typed: string): boolean =>
  new RegExp(`^[${alphabet}]{${codeLength}}$`).test(letters(typed))

// Keyboards of some scripts type letters of full width.
const letters = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '')

function newUserCode(random: Random): string {
  let code = ''
  // Bytes beyond the last whole alphabet are passed over, so that every letter is as likely.
  const most = 256 - (256 % alphabet.length)
  while (code.length < codeLength)
    for (const byte of random(codeLength))
      if (byte < most && code.length < codeLength) code += alphabet[byte % alphabet.length] ?? ''
  return asShown(code)
}

function scopeOf(text: string | undefined, { openid }: DeviceDeps) {
  if (openid !== null) return parseOpenIdScope(text)
  const access = parseScope(text)
  return access && { access, openid: null }
}
