/** What stands for the parameters of a path. */
export type Parameters = Readonly<Record<string, string>>

interface Leaf<T> {
  readonly value: T
  /** The parameters, by the place of their part in the path. */
  readonly parameters: readonly (readonly [name: string, at: number])[]
}

interface Node<T> {
  readonly named: Map<string, Node<T>>
  any?: Node<T>
  here?: Leaf<T>
  rest?: Leaf<T>
}

/** Characters of the longest parameter: ids, handles and the names of files are shorter. */
const longestParameter = 100

const none: Parameters = Object.freeze({})

/**
 * Values by paths as routes are written: `/users/:id`, `/docs/*`. At each part of a path its name goes before a parameter, and
 * `*` comes last. A slash at the end is forgiven.
 */
export class PathMap<T> {
  readonly #whole = new Map<string, Leaf<T>>()
  readonly #root: Node<T> = { named: new Map() }

  set(path: string, value: T): void {
    const parts = path.slice(1).split('/')
    const parameters = parts.flatMap((part, at) => (/^[:*]/.test(part) ? [[nameOf(part), at] as const] : []))
    const leaf: Leaf<T> = { value, parameters }
    if (parameters.length === 0) this.#whole.set(path, leaf)
    let node = this.#root
    for (const part of parts) {
      if (part === '*') {
        node.rest = leaf
        return
      }
      node = part.startsWith(':') ? anyOf(node) : namedOf(node, part)
    }
    node.here = leaf
  }

  /**
   * Finds what an address leads to.
   * @param pathname the path as it was sent; one that is no valid encoding leads nowhere
   */
  find(pathname: string): { readonly value: T; readonly parameters: Parameters } | undefined {
    const whole = this.#whole.get(pathname)
    if (whole !== undefined) return { value: whole.value, parameters: none }
    const parts = partsOf(pathname)
    const leaf = parts && search(this.#root, parts, 0)
    if (parts === undefined || leaf === undefined) return undefined
    const parameters = leaf.parameters.map(([name, at]) => [
      name,
      name === '*' ? parts.slice(at).join('/') : (parts[at] ?? ''),
    ])
    return { value: leaf.value, parameters: Object.fromEntries(parameters) }
  }
}

const nameOf = (part: string): string => (part === '*' ? part : part.slice(1))

function anyOf<T>(node: Node<T>): Node<T> {
  node.any ??= { named: new Map() }
  return node.any
}

function namedOf<T>({ named }: Node<T>, part: string): Node<T> {
  const node = named.get(part) ?? { named: new Map() }
  named.set(part, node)
  return node
}

function search<T>(node: Node<T>, parts: readonly string[], at: number): Leaf<T> | undefined {
  const part = parts[at]
  if (part === undefined) return node.here
  const named = node.named.get(part)
  const byName = named && search(named, parts, at + 1)
  if (byName !== undefined) return byName
  const fits = part !== '' && part.length <= longestParameter
  const byParameter = fits && node.any ? search(node.any, parts, at + 1) : undefined
  return byParameter ?? node.rest
}

// Each part is decoded by itself, so that a slash in a parameter is part of it.
function partsOf(pathname: string): readonly string[] | undefined {
  if (!pathname.startsWith('/')) return undefined
  const parts = pathname.slice(1).split('/')
  if (parts.length > 1 && parts.at(-1) === '') parts.pop()
  if (!pathname.includes('%')) return parts
  try {
    return parts.map(decodeURIComponent)
  } catch {
    return undefined
  }
}
