import { route as refuse } from '../errors/oauth.ts'
import { preflight } from './cors.ts'
import type { Follow, Followed } from './follow-request.ts'
import { loadOnce } from './load-once.ts'
import { type Parameters, PathMap } from './path-map.ts'
import { methods, type Route, type RouteGroup } from './route.ts'

/** What answers some requests. */
export type Answering = Pick<Route, 'audience' | 'answer' | 'pace'> & {
  readonly isStreamed: boolean
  readonly follow: Follow
}

/** A path of the system, with what answers each method there, and every other one. */
interface Place {
  readonly path: string
  readonly byMethod: ReadonlyMap<string, Answering>
  readonly other: Answering
}

/** What is at an address. */
export interface Found {
  readonly value: Place
  readonly parameters: Parameters
}

/** The routes of a system by their addresses. Those of a group are loaded when one that may be theirs is first asked for. */
export class RouteTable {
  readonly #places = new PathMap<Place>()
  readonly #follow: (what: Followed) => Follow
  #groups: readonly { readonly under: RegExp; readonly load: () => Promise<void> }[]

  /** @param follow makes what is done with each request of a path before it is answered */
  constructor(routes: readonly Route[], groups: readonly RouteGroup[], follow: (what: Followed) => Follow) {
    this.#follow = follow
    this.#groups = groups.map(({ under, load }) => ({
      under,
      load: loadOnce(() => this.#addGroup(under, load)),
    }))
    this.#add(routes)
  }

  /** What is at an address; a promise of it only where that has to be loaded. */
  find(pathname: string): Found | undefined | Promise<Found | undefined> {
    const found = this.#places.find(pathname)
    if (found !== undefined || this.#groups.length === 0) return found
    return this.#findLoading(pathname)
  }

  /** Loads every group that has not been asked for. */
  async load(): Promise<void> {
    for (const group of this.#groups) await group.load()
  }

  async #findLoading(pathname: string): Promise<Found | undefined> {
    for (const group of this.#groups.filter(({ under }) => under.test(pathname))) {
      await group.load()
      const found = this.#places.find(pathname)
      if (found !== undefined) return found
    }
    return undefined
  }

  async #addGroup(under: RegExp, load: RouteGroup['load']): Promise<void> {
    const routes = await load()
    const stray = routes.find(({ path }) => !under.test(path))
    if (stray !== undefined) throw new Error(`${stray.path} is not among the addresses of its group.`)
    this.#add(routes)
    this.#groups = this.#groups.filter((group) => group.under !== under)
  }

  #add(routes: readonly Route[]): void {
    for (const [path, here] of Map.groupBy(routes, (route) => route.path))
      this.#places.set(path, placeOf(path, here, this.#follow))
  }
}

function placeOf(path: string, routes: readonly Route[], followed: (what: Followed) => Follow): Place {
  const byMethod = new Map<string, Answering>()
  for (const { method, audience, answer, pace, isStreamed = false } of routes) {
    if (byMethod.has(method)) throw new Error(`Two routes answer ${method} ${path}.`)
    const follow = followed({ route: path, group: pace ?? 'none', isStreamed })
    byMethod.set(method, { audience, answer, pace, isStreamed, follow })
  }
  const got = byMethod.get('GET')
  if (got !== undefined && !byMethod.has('HEAD')) byMethod.set('HEAD', got)
  const audience = routes[0]?.audience ?? 'people'
  const allowed = methods.filter((method) => byMethod.has(method))
  const follow = followed({ route: path, group: 'none', isStreamed: false })
  const answer = otherMethod(audience, allowed)
  return { path, byMethod, other: { audience, answer, pace: null, isStreamed: false, follow } }
}

/** What answers a method at a place. */
export const answeringAt = ({ byMethod, other }: Place, method = ''): Answering =>
  byMethod.get(method) ?? other

function otherMethod(audience: Route['audience'], allowed: readonly string[]): Route['answer'] {
  return (request) => {
    if (request.method !== 'OPTIONS') throw refuse.method(allowed.join(', '))
    if (audience !== 'people') return preflight(request, allowed)
    return { status: 204, headers: { allow: allowed.join(', ') }, body: '' }
  }
}
