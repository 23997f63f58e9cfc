import { hash } from 'node:crypto'
import type { Digest } from './types.ts'

/** The name of a session in ID tokens, from which nothing of the session follows (Front-Channel Logout §3). */
export const sidOf = (session: Digest): string =>
  hash('sha256', Buffer.concat([Buffer.from('sid of '), session]), 'base64url').slice(0, 22)
