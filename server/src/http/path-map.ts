import FindMyWay from 'find-my-way'

/** What stands for the parameters of a path. */
export type Parameters = Readonly<Record<string, string | undefined>>

/** Characters of the longest parameter: ids, handles and the names of files are shorter. */
const longestParameter = 100

const handler = () => undefined
const none: Parameters = Object.freeze({})

/**
 * Values by paths as routes are written: `/users/:id`, `/docs/*`. At each part of a path its name goes before a parameter, and
 * `*` comes last. A slash at the end is forgiven.
 */
export class PathMap<T> {
  readonly #router = FindMyWay({
    ignoreTrailingSlash: true,
    maxParamLength: longestParameter,
    querystringParser: () => ({}),
  })

  readonly #whole = new Map<string, T>()
  // Most addresses are a path as it stands: the router, which compiles what it is given, is not asked for them.
  readonly #unrouted: [path: string, value: T][] = []

  set(path: string, value: T): void {
    this.#unrouted.push([path, value])
    if (!/[:*]/.test(path)) this.#whole.set(path, value)
  }

  /**
   * Finds what an address leads to.
   * @param pathname the path as it was sent; one that is no valid encoding leads nowhere
   */
  find(pathname: string): { readonly value: T; readonly parameters: Parameters } | undefined {
    const whole = this.#whole.get(pathname)
    if (whole !== undefined) return { value: whole, parameters: none }
    // Methods are looked at where they are answered: the router has a tree for each.
    for (const [path, value] of this.#unrouted.splice(0)) this.#router.on('GET', path, handler, value)
    // `OPTIONS *` asks about no path (RFC 9110 §9.3.7).
    const found = pathname.startsWith('/') ? this.#router.find('GET', pathname) : null
    return found === null ? undefined : { value: found.store, parameters: found.params }
  }
}
