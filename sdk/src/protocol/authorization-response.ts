import { readPair } from '../http/url.ts'

/** The server's answer to an authorization request, as it stands in the callback's URL (RFC 6749 §4.1.2). */
export interface Answer {
  /** As it was written. */
  readonly written: string
  readonly state: string
  readonly code?: string | undefined
  readonly error?: string | undefined
  readonly description?: string | undefined
  /** Who answers (RFC 9207). */
  readonly iss?: string | undefined
}

const ours = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri']

/**
 * Reads an answer as a URL's fragment or query writes it; null when it is none: a `code` without a `state` is the app's
 * own. A repeated parameter becomes a value that matches nothing.
 */
export function parseAnswer(written: string): Answer | null {
  const pairs = written.split('&').map(readPair)
  const [code, state, iss, error, description] = ours.map((our) => {
    const values = pairs.filter(([name]) => name === our).map(([, value]) => value)
    return values.length ? values.join(' ') : undefined
  })
  return state && (code || error) ? { written, state, code, error, description, iss } : null
}

/** Removes the answer from one part of a URL and leaves the rest as it was written. */
const strip = (part: string) =>
  part
    .split('&')
    .filter((pair) => !ours.includes(readPair(pair)[0]))
    .join('&')

/** The answer in a URL's fragment or else its query, and the URL without it. */
export function answerIn(url: string): { answer: Answer; cleanUrl: string } | null {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)#?(.*)$/s.exec(url) ?? []
  const inFragment = parseAnswer(fragment)
  const answer = inFragment ?? parseAnswer(query)
  const keptQuery = inFragment ? query : strip(query)
  const keptFragment = inFragment ? strip(fragment) : fragment
  const cleanUrl = base + (keptQuery && `?${keptQuery}`) + (keptFragment && `#${keptFragment}`)
  return answer && { answer, cleanUrl }
}
