import { LEEWAY } from '../durations.ts'
import type { StagedoorError } from '../errors/errors.ts'
import type { Client, Tokens } from '../http/client.ts'
import type { Observed } from './events.ts'

/** What a refresh works with: the tokens of a session, looked at and written in turn. */
export interface Renewing {
  readonly client: Client
  access(): Promise<string | null>
  refreshToken(): Promise<string | null>
  inTurn<T>(task: () => Promise<T>): Promise<T>
  /** Stores what was issued; a refresh token that was `used` may stay valid (RFC 6749 §6). */
  keep(tokens: Tokens, used: string): Promise<void>
  clear(): Promise<void>
  /** Answers and tells what the store holds now. */
  look(why: Ended): Promise<string | null>
  revoke(token: string): Promise<unknown>
  readonly emit: Observed['emit']
}

export type Trade = typeof trade

/** Why a session may be found to have ended. */
export type Ended = 'expired' | 'other-tab' | 'key-lost'

/** Why a refusal ends the session; null where it says nothing of that. */
function endOf({ code, serverCode }: StagedoorError): Ended | null {
  // Nothing but the want of a key is so called here (RFC 9449 §5): without it the tokens are worth nothing.
  if (code === 'unauthorized' || serverCode === 'invalid_dpop_proof') return 'key-lost'
  return code === 'invalid_grant' ? 'expired' : null
}

/** Trades the refresh token in, unless another tab has replaced the `stale` access token already. */
export async function trade(
  session: Renewing,
  stale: string | null,
  isRepeated: boolean = false,
): Promise<string | null> {
  const { client, inTurn, look, refreshToken } = session
  const used = await refreshToken()
  if (!used || stale !== (await session.access())) return inTurn(() => look('other-tab'))

  const grant = { grant_type: 'refresh_token', refresh_token: used }
  let why: Ended = 'expired'
  const tokens = await client.token(grant).catch((error) => {
    const end = endOf(error)
    if (!end) throw error
    why = end
    return null
  })
  const token = await inTurn(async () => {
    const isLast = used === (await refreshToken())
    if (isLast) await (tokens ? session.keep(tokens, used) : session.clear())
    const found = await look(isLast ? why : 'other-tab')
    if (tokens && isLast) session.emit({ type: 'refreshed' })
    if (tokens && !found) session.revoke(tokens.refreshToken ?? used)
    return found
  })
  // What comes again for a lost answer is as old as that is: its access token may have ended.
  const hasEnded = tokens?.expiresIn !== undefined && tokens.expiresIn * 1000 < LEEWAY
  return token && hasEnded && !isRepeated ? trade(session, token, true) : token
}
