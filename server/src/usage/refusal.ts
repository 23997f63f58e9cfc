import { OAuthError, PageError, RedirectError, route } from '../errors/oauth.ts'
import type { Reason } from '../store/contract/store.ts'
import { because } from './reasons.ts'
import type { Refusal } from './recorder.ts'
import { bareAddress } from './sent-request.ts'

/**
 * What an error tells the developer of the app it was met in: its code and its public reason. The private one stays in the
 * log of the server, but for the redirect URI that the app itself sent.
 */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof OAuthError || error instanceof RedirectError)
    return { code: error.code, reason: error.publicReason ?? asItsOwn(error.description) }
  if (error instanceof PageError) return { code: error.words.code, reason: reasonOf(error) }
  const { code, publicReason, description } = route.unexpected()
  return { code, reason: publicReason ?? asItsOwn(description) }
}

const reasonOf = ({ words, mismatch, publicReason }: PageError): Reason =>
  mismatch === null
    ? (publicReason ?? asItsOwn(words.what))
    : because('unregistered', bareAddress(mismatch.given))

// Without a catalogue the words are all there is.
const asItsOwn = (words: string): Reason => ({ code: words, values: [] })
