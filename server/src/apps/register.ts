import type { Random } from '../crypto/secret.ts'
import type { App, Instant, RedirectUriChanges, Store } from '../store/contract/store.ts'
import { noFacts } from './app-facts.ts'
import { nameKey } from './display-name.ts'
import {
  type AppFault,
  type AppForm,
  appConflicts,
  appFaults,
  type FactsForm,
  maximumRedirectUris,
  parseFacts,
  redirectUriFaults,
} from './rules.ts'

/** How many apps one account may have. */
const maximumApps = 100

export interface RegisterDeps {
  readonly store: Store
  readonly clock: () => Instant
  /** This server's own name, which no app may take. */
  readonly brand: string
}

/** The new app, or everything that is wrong with its registration. */
export type Registration =
  | { readonly app: App }
  /** `twin` is an app of the same owner that has the name already. */
  | { readonly faults: readonly AppFault[]; readonly twin: App | null }

/**
 * Registers an app under a new API key, all of it or nothing.
 * @param apiKey a key to use instead of a new one, for the sample app that development always has
 */
export async function registerApp(
  form: {
    readonly name: string
    readonly description?: string | null
    readonly redirectUris: readonly string[]
    readonly facts?: FactsForm | undefined
    readonly ownerId: number | null
  },
  deps: RegisterDeps & { readonly random: Random },
  apiKey: string = Buffer.from(deps.random(20)).toString('hex'),
): Promise<Registration> {
  const { name, description, redirectUris, ownerId } = form
  const faults = appFaults(form, deps.brand)
  if (faults.length > 0) return { faults, twin: null }
  const creation = await deps.store.createApp(
    {
      apiKey,
      name,
      nameKey: nameKey(name),
      description: description || null,
      facts: { ...noFacts, ...parseFacts(form.facts ?? {}).facts },
      ownerId,
      redirectUris,
      now: deps.clock(),
    },
    maximumApps,
  )
  if (creation.outcome === 'created') return { app: creation.app }
  if (creation.outcome === 'too_many') {
    const words = `You have ${maximumApps} apps, and that is the most. Delete one that you no longer need.`
    return { faults: [{ field: 'name', words }], twin: null }
  }
  const isOwn = ownerId !== null && creation.by.ownerId === ownerId
  if (!isOwn) return { faults: [appConflicts.name], twin: null }
  return { faults: [{ field: 'name', words: 'You have an app of this name already.' }], twin: creation.by }
}

/**
 * Changes an app of this owner, all that is named or nothing.
 * @returns what is wrong, nothing when it is changed, or `unknown` when the owner has no such app
 */
export async function changeApp(
  app: { readonly apiKey: string; readonly ownerId: number },
  changes: Omit<AppForm, 'redirectUris'> & {
    /** The CID of a picture of the owner's; null for none. */
    readonly logo?: string | null | undefined
    readonly bindsTokens?: boolean | undefined
    readonly redirectUris?: Omit<RedirectUriChanges, 'limit'> | undefined
  },
  deps: RegisterDeps,
): Promise<readonly AppFault[] | 'unknown'> {
  const { name, description, logo, bindsTokens, redirectUris } = changes
  const { facts, faults: factFaults } = parseFacts(changes.facts ?? {})
  const rules = appFaults({ name, description, redirectUris: redirectUris?.add }, deps.brand)
  const faults = [...rules, ...factFaults]
  if (faults.length > 0) return faults
  const outcome = await deps.store.updateApp(
    app.apiKey,
    app.ownerId,
    {
      ...(name !== undefined && { name: { text: name, key: nameKey(name) } }),
      ...(description !== undefined && { description: description || null }),
      ...(logo !== undefined && { logo }),
      ...(bindsTokens !== undefined && { bindsTokens }),
      ...(Object.keys(facts).length > 0 && { facts }),
      ...(redirectUris && { redirectUris: { ...redirectUris, limit: maximumRedirectUris } }),
    },
    deps.clock(),
  )
  if (outcome === 'unknown') return 'unknown'
  if (outcome === 'taken') return [appConflicts.name]
  if (outcome === 'no_logo') return [appConflicts.logo]
  return outcome === 'full' ? [appConflicts.redirectUris] : []
}

/** Adds a redirect URI to an app, whoever owns it; the problem in words when it may not be added. */
export async function registerRedirectUri(
  apiKey: string,
  uri: string,
  deps: Omit<RegisterDeps, 'brand'>,
): Promise<string | undefined> {
  const faults = redirectUriFaults([uri])
  if (faults.length > 0) return problemOf(faults)
  const outcome = await deps.store.addRedirectUri(apiKey, uri, maximumRedirectUris, deps.clock())
  if (outcome === 'unknown') return 'There is no app with this API key.'
  return outcome === 'full' ? appConflicts.redirectUris.words : undefined
}

/** The first thing that is wrong, as one line. */
export function problemOf([fault]: readonly AppFault[]): string {
  if (fault === undefined) return ''
  return fault.uri === undefined ? fault.words : `${fault.uri}: ${fault.words}`
}
