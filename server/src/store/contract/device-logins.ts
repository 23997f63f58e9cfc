import type { AppFacts, Digest, Identity, Instant, Scope, SessionOfUser } from './types.ts'

/** A login that a device without a browser begins (RFC 8628 §3.1). */
export interface NewDeviceLogin {
  /** Of what the device asks with. */
  readonly digest: Digest
  /** Of what the person types. */
  readonly userCode: Digest
  readonly apiKey: string
  readonly scope: Scope
  readonly openid: { readonly profile: boolean; readonly email: boolean } | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly intervalMs: number
}

/** What the person is asked about. */
export interface OpenDeviceLogin extends Pick<NewDeviceLogin, 'apiKey' | 'scope' | 'openid' | 'createdAt'> {
  readonly appName: string
  /** CID of its logo. */
  readonly logo: string | null
  readonly facts: AppFacts
  /** The handle of its owner; null for one that the operator made. */
  readonly owner: string | null
}

/** What a device hears that asks (RFC 8628 §3.5). `client`: it is another app's. */
export type DevicePoll = 'allowed' | 'pending' | 'slow_down' | 'denied' | 'expired' | 'unknown' | 'client'

export interface DeviceLoginStore {
  /** `full` where the app has that many open, `taken` where another has the same code for the person. */
  createDeviceLogin(login: NewDeviceLogin, most: number): Promise<'created' | 'full' | 'taken'>
  /** A login that nobody has answered, of an app that people may log in to. */
  findDeviceLogin(userCode: Digest, now: Instant): Promise<OpenDeviceLogin | undefined>
  /**
   * Allows a login for a user, or turns it down with `null`: of any number of answers one counts. Allowed, what the device
   * asks with is a code, once, bound to the app and to `deviceBinding`. False, and nothing is changed, when it was answered,
   * its app is no longer active, or the session has ended in which it is allowed.
   */
  answerDeviceLogin(
    userCode: Digest,
    allowed: (SessionOfUser & { readonly identity: Identity | null }) | null,
    now: Instant,
  ): Promise<boolean>
  /** Notes that a device has asked; one that asks early has to wait longer from then on. */
  pollDeviceLogin(digest: Digest, apiKey: string, now: Instant): Promise<DevicePoll>
}
