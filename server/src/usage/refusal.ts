import { OAuthError, PageError, RedirectError, route } from '../errors/oauth.ts'
import type { Refusal } from './recorder.ts'
import { bareAddress } from './sent-request.ts'

/**
 * What an error tells the developer of the app it was met in: its code and its public words. The private reason stays
 * in the log of the server, but for the redirect URI that the app itself sent.
 */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof OAuthError || error instanceof RedirectError)
    return { code: error.code, reason: error.description }
  if (error instanceof PageError) return { code: error.words.code, reason: pageReason(error) }
  const { code, description } = route.unexpected('')
  return { code, reason: description }
}

function pageReason({ words, mismatch }: PageError): string {
  if (mismatch === null) return words.what
  return `${bareAddress(mismatch.given)} is not registered. Register it exactly as it is sent, or send a registered one.`
}
