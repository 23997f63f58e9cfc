/**
 * Finds which of some paths an address stands for, for the methods that the router of requests does not know there: a path in
 * full before one with parameters, and `*` last.
 * @param paths as routes are written: `/users/:id`, `/docs/*`
 */
export function pathMatcher(paths: Iterable<string>): (pathname: string) => string | undefined {
  const whole = new Set<string>()
  const patterns: { readonly path: string; readonly pattern: RegExp }[] = []
  for (const path of paths)
    if (/[:*]/.test(path)) patterns.push({ path, pattern: patternOf(path) })
    else whole.add(path)
  patterns.sort((one, other) => rank(one.path) - rank(other.path))
  return (pathname) => {
    const decoded = decode(pathname)
    const plain = decoded.length > 1 ? decoded.replace(/\/$/, '') : decoded
    return whole.has(plain) ? plain : patterns.find(({ pattern }) => pattern.test(plain))?.path
  }
}

const rank = (path: string): number => (path.includes('*') ? 2 : path.includes(':') ? 1 : 0)

function patternOf(path: string): RegExp {
  const parts = path.split(/(:\w+|\*)/).map((part) => {
    if (part === '*') return '.*'
    return part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`)
}

function decode(pathname: string): string {
  try {
    return decodeURI(pathname)
  } catch {
    return pathname
  }
}
