import { decodeId } from './ids.ts'

/** What a permalink is of. */
export type Permalink =
  | { readonly kind: 'user'; readonly handle: string }
  | { readonly kind: 'track'; readonly handle: string; readonly slug: string }
  | { readonly kind: 'playlist'; readonly id: number }

/** Reads a permalink or the URL of a page that shows one; `undefined` for anything else. */
export function readPermalink(text: string): Permalink | undefined {
  const path = pathOf(text)
  if (path === undefined) return undefined
  const [name = '', kind, last, ...more] = path.split('/').filter(Boolean)
  const handle = name.replace(/^@/, '')
  if (handle === '' || more.length > 0) return undefined
  if (kind === undefined) return { kind: 'user', handle }
  if (last === undefined) return { kind: 'track', handle, slug: kind }
  const id = decodeId(last.split('-').at(-1) ?? '')
  return (kind === 'playlist' || kind === 'album') && id !== undefined ? { kind: 'playlist', id } : undefined
}

/** The ids of the playlists among permalinks. */
export const idsOfPermalinks = (permalinks: readonly string[]): readonly number[] =>
  permalinks.flatMap((text) => {
    const permalink = readPermalink(text)
    return permalink?.kind === 'playlist' ? [permalink.id] : []
  })

function pathOf(text: string): string | undefined {
  try {
    return decodeURIComponent(new URL(text, 'https://nowhere.invalid/').pathname)
  } catch {
    return undefined
  }
}
