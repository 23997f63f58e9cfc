import { isLoopbackHost } from '../../apps/loopback.ts'

/** A stretch of a URI and whether it differs from the other one. */
export interface Part {
  readonly text: string
  readonly differs: boolean
}

/** How a redirect URI differs from the registered one that it comes nearest to. */
export interface RedirectDifference {
  readonly given: string
  readonly nearest: string | null
  /** Plain sentences, one a difference. */
  readonly explanations: readonly string[]
  readonly parts: { readonly given: readonly Part[]; readonly nearest: readonly Part[] }
}

const names = ['scheme', 'userinfo', 'host', 'port', 'path', 'query', 'fragment'] as const
const weights = { scheme: 3, userinfo: 1, host: 4, port: 1, path: 3, query: 1, fragment: 1 }
type Name = (typeof names)[number]
/** The raw text of each component with its delimiters; joined in order it is the URI again. */
type Components = Readonly<Record<Name, string>>

/** Finds the registered URI nearest to the given one and says, part by part, what differs. */
export function redirectDifference(given: string, registered: readonly string[]): RedirectDifference {
  const from = split(given)
  let nearest: { uri: string; components: Components; likeness: number } | null = null
  for (const uri of registered) {
    const components = split(uri)
    const likeness = names.reduce((sum, name) => sum + weights[name] * like(from[name], components[name]), 0)
    if (nearest === null || likeness > nearest.likeness) nearest = { uri, components, likeness }
  }
  if (nearest === null) {
    const parts = { given: join([{ text: given, differs: true }]), nearest: [] }
    return { given, nearest: null, explanations: ['The app has no redirect URI registered.'], parts }
  }
  const { uri, components } = nearest
  const pairs = names.map((name) => compare(from[name], components[name]))
  return {
    given,
    nearest: uri,
    explanations: explain(given, uri),
    parts: { given: join(pairs.flatMap(([a]) => a)), nearest: join(pairs.flatMap(([, b]) => b)) },
  }
}

/** Splits by RFC 3986's delimiters alone, so that any text splits; without a scheme it begins with a host. */
function split(uri: string): Components {
  const bare = !/^[^/?#]*:(?!\d)|^[/?#]/.test(uri)
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] =
    /^([^:/?#]+:)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(bare ? `//${uri}` : uri) ?? []
  const rest = authority.slice(2)
  const at = rest.lastIndexOf('@') + 1
  const port = /:\d*$/.exec(rest.slice(at))?.[0] ?? ''
  return {
    scheme: authority === '' || bare ? scheme : `${scheme}//`,
    userinfo: rest.slice(0, at),
    host: rest.slice(at, rest.length - port.length),
    port,
    path,
    query,
    fragment,
  }
}

/** From 0, nothing in common, to 1, the same. */
function like(a: string, b: string): number {
  if (a === b) return 1
  if (sameButCase(a, b) || sameButSlash(a, b) || (isLoopbackHost(a) && isLoopbackHost(b))) return 0.95
  const least = Math.min(a.length, b.length)
  let start = 0
  while (start < least && a[start] === b[start]) start += 1
  let end = 0
  while (end < least - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  return (0.9 * (start + end)) / Math.max(a.length, b.length)
}

/** Marks the words of two components that differ, after what they begin and end with alike. */
function compare(a: string, b: string): [Part[], Part[]] {
  const left = words(a)
  const right = words(b)
  const least = Math.min(left.length, right.length)
  let start = 0
  while (start < least && left[start] === right[start]) start += 1
  let end = 0
  while (end < least - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1
  const mark = (own: string[], other: string[]): Part[] =>
    own.map((text, i) => {
      const isAlike = i < start || i >= own.length - end
      return { text, differs: !isAlike && (own.length !== other.length || text !== other[i]) }
    })
  return [mark(left, right), mark(right, left)]
}

function words(component: string): string[] {
  return component.match(/[^:/?&=.@#\s]+|[:/?&=.@#\s]/g) ?? []
}

/** Joins neighbours of one kind. */
function join(parts: readonly Part[]): Part[] {
  const joined: Part[] = []
  for (const { text, differs } of parts) {
    const last = joined.at(-1)
    if (last?.differs === differs) joined.splice(-1, 1, { text: last.text + text, differs })
    else if (text !== '') joined.push({ text, differs })
  }
  return joined
}

/** One sentence for each thing that differs. */
function explain(given: string, nearest: string): string[] {
  if (given === nearest) return []
  if (given.trim() === '') return ['It is empty.']
  if (given !== given.trim())
    return ['There is white space at its start or end.', ...explain(given.trim(), nearest)]
  if (decoded(given) === nearest) return ['It is percent-encoded once too often.']
  const [a, b] = [split(given), split(nearest)]
  const invalid = a.scheme !== '' && !URL.canParse(given) ? ['It is not a valid URL.'] : []
  return [
    ...invalid,
    ...names.filter((name) => a[name] !== b[name]).map((name) => sentence(name, a[name], b[name])),
  ]
}

function sentence(name: Name, a: string, b: string): string {
  if (name === 'userinfo') return 'There is a user name before the host; redirect URIs have none.'
  if (name === 'path' && sameButSlash(a, b))
    return a.length < b.length
      ? 'The slash at the end is missing.'
      : 'There is a slash at the end; the registered URI has none.'
  const [own, other] = [bare(name, a), bare(name, b)]
  if (name === 'scheme' && own === other)
    return a.length < b.length
      ? 'The // after the scheme is missing.'
      : 'There is // after the scheme; the registered URI has none.'
  if (own === other) return `The ${name} differs where it is marked.`
  if (own === '') return `The ${name} is missing; registered is ${brief(other)}.`
  if (other === '') return `The ${name} is ${brief(own)}; the registered URI has none.`
  if (sameButCase(a, b)) return `The ${name} differs in upper and lower case.`
  if (Math.max(own.length, other.length) > 60) return `The ${name} differs where it is marked.`
  const note = isLoopbackHost(a) && isLoopbackHost(b) ? ', which counts as another host' : ''
  return `The ${name} is ${own}; registered is ${other}${note}.`
}

/** A component as a sentence names it. */
function bare(name: Name, component: string): string {
  if (name === 'scheme') return component.replace(/:?\/*$/, '')
  return name === 'port' ? component.slice(1) : component
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text
}

function sameButCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function sameButSlash(a: string, b: string): boolean {
  return `${a}/` === b || `${b}/` === a
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
