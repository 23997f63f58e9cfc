import MiniSearch, { type Options, type SearchResult } from 'minisearch'

/** A part of a page that can be found: what stands below one heading. */
export interface Section {
  readonly id: string
  /** The address, with its fragment. */
  readonly href: string
  readonly page: string
  readonly heading: string
  readonly text: string
  /** How much a hit in it counts beside others: less where what was decided, or changed, is told. */
  readonly weight: number
}

/** What a search shows of a section. */
export interface Hit {
  readonly href: string
  readonly page: string
  readonly heading: string
  /** How the section begins. */
  readonly begins: string
}

/** Words that stand in questions of every kind. */
const empty = new Set(
  'a an and are as at be by can do does for from had has have how i if in is it its me my of on or so that the there this to was we what when where which who why will with you your'.split(
    ' ',
  ),
)

/** What people say, and what the pages say. */
const synonyms: Readonly<Record<string, string>> = {
  auth: 'login',
  authenticate: 'login',
  signin: 'login',
  signup: 'account',
  localhost: 'loopback',
  mobile: 'phone',
  docker: 'container',
  podman: 'container',
  k8s: 'container',
  throttle: 'limit',
  throttled: 'limit',
  logs: 'log',
}

const termOf = (term: string): string | null => {
  const lower = term.toLowerCase()
  if (empty.has(lower)) return null
  const said = synonyms[lower] ?? lower
  // One form for singular and plural, so that neither is missed.
  return said.length > 3 && /[^s]s$/.test(said) ? said.slice(0, -1) : said
}

const options: Options<Section & { readonly begins: string }> = {
  fields: ['heading', 'page', 'text'],
  storeFields: ['href', 'page', 'heading', 'begins', 'weight'],
  tokenize: (text) => text.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== ''),
  processTerm: termOf,
  searchOptions: {
    boost: { heading: 4, page: 2 },
    prefix: (term) => term.length > 2,
    boostDocument: (_id, _term, stored) => Number(stored?.['weight'] ?? 1),
    fuzzy: (term) => (term.length > 5 ? 0.2 : false),
  },
}

export type SearchIndex = MiniSearch

const beginningLength = 140

/** Writes the index of sections, as pages and servers read it. */
export function writeIndex(sections: readonly Section[]): string {
  const index = new MiniSearch(options)
  index.addAll(sections.map((section) => ({ ...section, begins: section.text.slice(0, beginningLength) })))
  return JSON.stringify(index)
}

/** Reads an index that `writeIndex` has written. */
export const readIndex = (json: string): SearchIndex => MiniSearch.loadJSON(json, options)

/** The sections that fit some words best, the best one first. */
export const search = (index: SearchIndex, words: string, most: number): readonly Hit[] =>
  index.search(words.slice(0, 200)).slice(0, most).map(hitOf)

const hitOf = (result: SearchResult): Hit => ({
  href: String(result['href']),
  page: String(result['page']),
  heading: String(result['heading']),
  begins: String(result['begins']),
})
