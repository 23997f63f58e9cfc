import type { Request } from '../http/message.ts'
import type { Params } from '../http/params.ts'
import type { SentRequest } from '../store/contract/store.ts'

/** Parameters of OAuth that an app sends, in the order in which they are shown. */
const names = [
  ...['response_type', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method'],
  ...['response_mode', 'display', 'prompt', 'max_age', 'nonce', 'login_hint', 'request_uri'],
  ...['grant_type', 'code', 'code_verifier', 'refresh_token', 'token', 'token_type_hint'],
]

const longest = 300

/**
 * What a request sent, as anybody may see it: words that OAuth fixes as they came, where the redirect URI leads, and of
 * everything else how long it was.
 */
export function sentRequest({ method, pathname }: Request, params: Params | undefined): SentRequest | null {
  if (params === undefined) return null
  const shown = names.flatMap((name) => {
    if (params.repeated.has(name)) return [[name, 'sent more than once']]
    const value = params.get(name)
    return value === undefined ? [] : [[name, shownValue(name, value)]]
  })
  return shown.length === 0
    ? null
    : { route: `${method} ${pathname.slice(0, longest)}`, parameters: Object.fromEntries(shown) }
}

function shownValue(name: string, value: string): string {
  if (name === 'redirect_uri') return bareAddress(value)
  const isWord = fixedWords.has(name) && /^(?:[a-z_ ]{1,60}|S256|fullScreen|\d{1,9})$/.test(value)
  return isWord ? value : lengthInWords(value.length)
}

const fixedWords: ReadonlySet<string> = new Set([
  ...['response_type', 'scope', 'code_challenge_method', 'response_mode', 'display', 'prompt', 'max_age'],
  ...['grant_type', 'token_type_hint'],
])

const lengthInWords = (length: number): string => `${length} ${length === 1 ? 'character' : 'characters'}`

/** How long a value was that is not shown; undefined for one that is. */
export function lengthOf(shown: string): number | undefined {
  const digits = /^(\d+) characters?$/.exec(shown)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Where an address leads: a query and a password are nobody's to keep. */
export const bareAddress = (address: string): string =>
  (address.split(/[?#]/, 1)[0] ?? '').replace(/\/\/[^/@]*@/, '//…@').slice(0, longest)
