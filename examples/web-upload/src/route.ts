import { useSyncExternalStore } from 'react'

/** A page of the app, as the address names it behind its `#`. */
export type Route =
  | { readonly page: 'upload' | 'tracks' | 'library' | 'search' }
  | { readonly page: 'track'; readonly trackId: string }

export const trackHref = (trackId: string) => `#/tracks/${trackId}`

/** The page that the address names. Anything else, such as the answer of a login, is the first page. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => location.hash))
}

function subscribe(listener: () => void) {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

function routeOf(hash: string): Route {
  const trackId = /^#\/tracks\/(\w+)$/.exec(hash)?.[1]
  if (trackId) return { page: 'track', trackId }
  if (hash === '#/tracks') return { page: 'tracks' }
  if (hash === '#/library') return { page: 'library' }
  if (hash === '#/search') return { page: 'search' }
  return { page: 'upload' }
}
