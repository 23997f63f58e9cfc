import type { Reply, Request } from '../http/message.ts'
import type { FlowStep, Store } from '../store/contract/store.ts'
import type { Usage } from './start.ts'

/** Notes what a step of a login comes to for the app whose login it is, around whatever answers it. */
export const inLogin =
  <Deps extends object>(step: FlowStep, answer: (request: Request, deps: Deps) => Reply | Promise<Reply>) =>
  (request: Request, deps: Deps & { readonly usage: Usage; readonly store: Store }): Reply | Promise<Reply> =>
    request.method === 'HEAD'
      ? answer(request, deps)
      : deps.usage.watchFlow(step, request, deps.store, (watched) => answer(request, { ...deps, ...watched }))
