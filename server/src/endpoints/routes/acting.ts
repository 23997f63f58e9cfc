import { placeOf } from '../../http/ip-address.ts'
import type { Reply, Request } from '../../http/message.ts'
import type { Route } from '../../http/route.ts'
import type { Actor, Instant, Store } from '../../store/contract/store.ts'

/** A route whose pace is not decided yet. */
export type Unpaced = Omit<Route, 'pace'>

type Answer<Deps> = (request: Request, deps: Deps) => Reply | Promise<Reply>

interface ActingDeps {
  readonly store: Store
  readonly clock: () => Instant
}

/** Makes routes of what answers them: for people, for apps, and for apps at files and protected resources. */
export function actingRoutes<Deps extends ActingDeps>(deps: Deps) {
  // What may change something, or hands data out, does it as whoever asks, so that the audit log can say who.
  function acting(by: Actor['by'], method: Route['method'], answer: Answer<Deps>): Route['answer'] {
    if (by === 'program' && (method === 'GET' || method === 'HEAD')) return (request) => answer(request, deps)
    return (request) => {
      const { requestId } = request
      const actor = { by, network: placeOf(request.address), requestId, at: deps.clock() }
      return answer(request, { ...deps, store: deps.store.as(actor) })
    }
  }
  function people(
    method: Route['method'],
    path: string,
    answer: Answer<Deps>,
    isStreamed: boolean = false,
  ): Unpaced {
    return { method, path, audience: 'people', answer: acting('browser', method, answer), isStreamed }
  }
  function apps(method: Route['method'], path: string, answer: Answer<Deps>): Unpaced {
    return { method, path, audience: 'apps', answer: acting('program', method, answer) }
  }
  function media(method: Route['method'], path: string, answer: Answer<Deps>): Unpaced {
    return { ...apps(method, path, answer), audience: 'api' }
  }
  return { people, apps, media }
}
