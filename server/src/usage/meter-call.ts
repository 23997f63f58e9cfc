import { parseApiKey } from '../apps/api-key.ts'
import { networkOf } from '../http/ip-address.ts'
import type { AccessToken } from '../store/contract/oauth.ts'
import type { Instant } from '../store/contract/store.ts'
import type { Tally } from './counters.ts'
import type { KnownApps } from './known-apps.ts'
import type { LiveLog } from './live-log.ts'
import type { Plans } from './rate-limit.ts'
import { refusalOf } from './refusal.ts'

/** A call of the API as usage sees it. */
export interface ApiCall {
  /** Method and path, its parameters in braces. */
  readonly route: string
  readonly address: string
  /** The `api_key` of the query, which proves nothing. */
  readonly named: string | undefined
}

/** Lets a call in once it is known who makes it; rejects with a 429 when that is too much. */
export type Admit = (caller: AccessToken | null) => Promise<void>

export interface CallDeps {
  readonly tally: Tally
  readonly live: LiveLog
  readonly plans: Plans
  readonly knownApps: KnownApps
  readonly clock: () => Instant
}

/**
 * Answers a call of the API within the plan of its app, and counts it. The app is that of the access token; without
 * one it is the app that the query names, whose plan is not charged for what anybody can say.
 */
export async function meterCall<R>(
  call: ApiCall,
  answer: (admit: Admit) => Promise<R>,
  deps: CallDeps,
): Promise<R> {
  const { tally, plans, live } = deps
  let proven: string | null = null
  let isAdmitted = false
  const admit: Admit = async (caller) => {
    isAdmitted = true
    proven = caller?.apiKey ?? null
    if (caller === null || proven === null) return countNamed(call, deps)
    await plans.takeOfApp(proven, caller.user.id)
    const now = deps.clock()
    tally.count(proven, now, 'call', call.route)
    tally.reach(proven, now, 'call')
    live.called(proven)
    tally.see(proven, now, caller.user.id)
  }
  try {
    return await answer(admit)
  } catch (error) {
    if (!isAdmitted) plans.takeOfAddress(networkOf(call.address))
    const apiKey = proven ?? (await namedApp(call, deps))
    if (apiKey !== null) tally.count(apiKey, deps.clock(), 'error', refusalOf(error).code)
    throw error
  }
}

async function countNamed(call: ApiCall, deps: CallDeps): Promise<void> {
  deps.plans.takeOfAddress(networkOf(call.address))
  const apiKey = await namedApp(call, deps)
  if (apiKey !== null) deps.tally.count(apiKey, deps.clock(), 'named_call', call.route)
}

async function namedApp({ named }: ApiCall, { knownApps }: CallDeps): Promise<string | null> {
  const apiKey = named === undefined ? undefined : parseApiKey(named)
  return apiKey !== undefined && (await knownApps(apiKey)) ? apiKey : null
}
