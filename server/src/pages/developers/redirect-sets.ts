import { isForDevelopment } from '../../apps/redirect-uri.ts'
import type { RedirectSets } from '../views/developers/redirect-sets.tsx'

/** The redirect URIs of an app by what they are for. */
export const redirectSetsOf = (redirectUris: readonly string[]): RedirectSets => ({
  development: redirectUris.filter(isForDevelopment),
  production: redirectUris.filter((uri) => !isForDevelopment(uri)),
})
