import { noFacts } from '../apps/app-facts.ts'
import { nameKey } from '../apps/display-name.ts'
import { sameDigest } from '../crypto/secret.ts'
import { interaction, startingAgain } from '../errors/interaction.ts'
import { unproven } from '../errors/page.ts'
import type { RequestAnswer } from '../store/contract/oauth.ts'
import type { AppFacts, Digest, Instant, Store } from '../store/contract/store.ts'
import type { SealedRequest, SealedRequests } from './sealed-request.ts'
import { startAgain } from './start-again.ts'

/** Milliseconds by which a request may seem to have been made in the future: clocks of nodes differ by less. */
const clocksApart = 5000

export interface RequestDeps {
  readonly store: Store
  readonly requests: SealedRequests
  readonly clock: () => Instant
}

/** A request in the hands of the browser it belongs to. */
export interface OpenRequest extends SealedRequest {
  /** CID of what the app is known by to the eye; null for a client known by name alone. */
  readonly logo: string | null
  /** What the app says of itself for people to open. */
  readonly facts: AppFacts
  /** The handle of the app's owner; null where nobody knows. */
  readonly owner: string | null
  /** Whether a registered app bears the name that a client without a key gave itself. */
  readonly isNamesake: boolean
  /** What it was answered before; it takes no other answer. */
  readonly answer: RequestAnswer | undefined
}

/**
 * Finds the request a page or form is about.
 * @param browsers the digests of the cookies that the browser sent
 * @param typed what the person has typed as their login, to be kept when they start again
 * @throws PageError when it is unknown, expired or another browser's, or when its app is gone or suspended.
 */
export async function openRequest(
  text: string | undefined,
  browsers: readonly Digest[],
  deps: RequestDeps,
  typed: string | null = null,
): Promise<OpenRequest> {
  const sealed = deps.requests.open(text)
  if (sealed === undefined) throw interaction.unknownLogin()
  const { request } = sealed
  const { appName } = request
  const way = startingAgain(startAgain(sealed, typed))
  if (browsers.length === 0) throw interaction.noCookies(appName).with(way)
  if (!browsers.some((browser) => sameDigest(browser, sealed.browser)))
    throw interaction.otherBrowser(appName).with(way)
  const now = deps.clock()
  if (request.expiresAt <= now) throw interaction.expired(appName).with(way)
  // The clock was set back since: a sign-in now would count as one from before the request, and be asked for again.
  if (request.createdAt > now + clocksApart) throw interaction.clockSetBack(appName).with(way)
  const app = request.apiKey === null ? null : await deps.store.findRequestApp(request.apiKey)
  // What its document introduces is stored once somebody signed in answers it.
  if (app === undefined && request.documentAddress === null) throw unproven.unknownClient()
  if (app?.isSuspended) throw unproven.suspended(appName)
  if (request.createdAt <= (app?.requestsEndedAt ?? -1)) throw interaction.appChanged(appName).with(way)
  const isNamesake =
    (app === null || request.documentAddress !== null) &&
    (await deps.store.isAppNameTaken(nameKey(request.appName)))
  const answer = await deps.store.findAnswer(sealed)
  return {
    ...sealed,
    logo: app?.logo ?? null,
    facts: request.documentFacts ?? app?.facts ?? noFacts,
    owner: app?.owner ?? null,
    isNamesake,
    answer,
  }
}

/** A request that nobody has answered. @throws PageError as `openRequest`, and when it is finished. */
export async function unansweredRequest(
  text: string | undefined,
  browsers: readonly Digest[],
  deps: RequestDeps,
  typed: string | null = null,
): Promise<OpenRequest> {
  const pending = await openRequest(text, browsers, deps, typed)
  if (pending.answer !== undefined) throw finishedBy(pending.answer, pending)
  return pending
}

/** Says that a request has had its answer, and which. */
export const finishedBy = ({ code }: RequestAnswer, pending: SealedRequest) =>
  interaction.finished(pending.request.appName, code !== null).with(startingAgain(startAgain(pending)))
