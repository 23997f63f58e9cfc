let supported: RequestInit | undefined

/** Whether the runtime takes a request like this at all. Where it has no `Request`, nothing can be told before. */
function isTaken(init: RequestInit): boolean {
  try {
    return typeof Request !== 'function' || new Request('http://localhost', init) !== null
  } catch {
    return false
  }
}

/**
 * What keeps a request to itself: no cookies, no cache, and no redirect, as a token must not follow to wherever the
 * server points. Workers know some of the fields not at all, and of `redirect` only that nothing follows it.
 */
export function discreet(): RequestInit {
  const wanted: RequestInit[] = [{ credentials: 'omit' }, { cache: 'no-store' }, { redirect: 'error' }]
  supported ??= Object.assign({ redirect: 'manual' }, ...wanted.filter(isTaken))
  return { ...supported }
}
