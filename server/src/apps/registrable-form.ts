import { isLoopbackHost, loopbackHost } from './loopback.ts'
import { isWeb, redirectUriFault } from './redirect-uri.ts'

/**
 * Finds what may be registered of a text that may not: the URIs it holds, each in the form that breaks no rule. Its developer
 * decides whether that is what was meant.
 * @returns none where there is nothing to offer
 */
export function registrableForms(text: string): readonly string[] {
  if (text.length > longest) return []
  const written = text.split(separator).map(bare).filter(Boolean)
  const forms = written.map((uri) => (written.length > 1 && isFit(uri) ? uri : registrable(uri)))
  const whole = forms.filter((form) => form !== undefined)
  const isOne = whole.length === 1 && whole[0] === text
  return whole.length === written.length && !isOne ? [...new Set(whole)] : []
}

/** Characters of the longest text that is looked at. */
const longest = 4000

// What stands between two URIs in one field, be it a sentence, a list or a JSON array.
const start =
  String.raw`["'<(\[` +
  '`' +
  String.raw`]*(?:[a-z][a-z\d+.-]*:/|${loopbackHost}(?![\w.-])|(?:[a-z\d-]+\.)+[a-z]{2,})`
const separator = new RegExp(String.raw`[\s,;|]+(?:(?:and|or|und|oder)\s+)?(?=${start})`, 'i')

const bare = (text: string): string =>
  text
    .trim()
    .replace(/^[\s"'`<([]+/, '')
    .replace(/[\s"'`>)\],;|]+$/, '')

const isFit = (uri: string): boolean => redirectUriFault(uri) === undefined

function registrable(uri: string): string | undefined {
  if (isFit(uri)) return uri
  const whole = withScheme(uri).replace(/#.*$/s, '')
  if (!URL.canParse(whole)) return undefined
  const url = new URL(whole)
  if (isWeb(url)) url.hostname = url.hostname.replace(/\.+$/, '')
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) url.protocol = 'https:'
  return isFit(url.href) ? url.href : undefined
}

function withScheme(uri: string): string {
  // A scheme that was pasted before another one, and slashes that were lost.
  const once = uri
    .replace(/^(?:https?:\/*)+(?=https?:\/)/i, '')
    .replace(/^(https?)(?::\/?|\/\/)(?=[\w[])/i, '$1://')
  const [, host] = /^(?:\/\/)?([\w.-]+|\[::1\])(?::\d+)?(?=[/?#]|$)/.exec(once) ?? []
  if (host === undefined) return once
  return `${isLoopbackHost(host) ? 'http' : 'https'}://${once.replace(/^\/\//, '')}`
}
