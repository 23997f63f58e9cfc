import type { App, Instant, Store } from '../store/store.ts'
import type { Random } from './credential.ts'
import { isDisplayName, nameKey } from './display-name.ts'
import { redirectUriFault } from './redirect-uri.ts'

/** How many redirect URIs an app may have. */
export const maximumRedirectUris = 50

/** What is wrong with an app's registration, in words for its developer. */
export type Registration = { readonly app: App } | { readonly problem: string }

/**
 * Registers an app under a new API key, all of it or nothing.
 * @param brand this server's own name, which no app may take
 * @param apiKey a key to use instead of a new one, for the sample app that development always has
 */
export async function registerApp(
  form: { readonly name: string; readonly redirectUris: readonly string[]; readonly ownerId: number | null },
  deps: {
    readonly store: Store
    readonly clock: () => Instant
    readonly random: Random
    readonly brand: string
  },
  apiKey: string = Buffer.from(deps.random(20)).toString('hex'),
): Promise<Registration> {
  const { name, ownerId } = form
  const key = nameKey(name)
  if (!isDisplayName(name)) return { problem: 'The name must be 1 to 64 printable characters.' }
  if (key === nameKey(deps.brand)) return { problem: `The name may not be that of ${deps.brand} itself.` }
  if (await deps.store.isAppNameTaken(key))
    return { problem: 'Another app has this name, or one that reads like it.' }
  const redirectUris = [...new Set(form.redirectUris)]
  if (redirectUris.length > maximumRedirectUris)
    return { problem: `An app may have ${maximumRedirectUris} redirect URIs at most.` }
  for (const uri of redirectUris) {
    const fault = redirectUriFault(uri)
    if (fault !== undefined) return { problem: `${uri}: ${fault.words}` }
  }
  return {
    app: await deps.store.createApp({ apiKey, name, nameKey: key, ownerId, redirectUris, now: deps.clock() }),
  }
}

/** Adds a redirect URI to an app; the problem in words when it may not be added. */
export async function registerRedirectUri(
  apiKey: string,
  uri: string,
  deps: { readonly store: Store; readonly clock: () => Instant },
): Promise<string | undefined> {
  const fault = redirectUriFault(uri)
  if (fault !== undefined) return `${uri}: ${fault.words}`
  const outcome = await deps.store.addRedirectUri(apiKey, uri, maximumRedirectUris, deps.clock())
  if (outcome === 'unknown') return 'There is no app with this API key.'
  if (outcome === 'full') return `An app may have ${maximumRedirectUris} redirect URIs at most.`
  return undefined
}
