import { clients, repeating } from '../clients.ts'
import { fieldsOf, Person } from '../person.ts'
import type { Phase } from '../phase.ts'
import { bareRoutes } from '../yardsticks.ts'

/** The beginning of a login by somebody new (RFC 6749 §4.1.1), which leads to a page. */
export const authorize: Phase = {
  name: 'authorize',
  beside: bareRoutes,
  prepare: async ({ subject }) => {
    const { authorize } = subject.prepared
    if (authorize === undefined) return undefined
    const { path, status } = authorize
    return async () => clients((index) => repeating(subject, `GET ${path}`, {}, status, index))
  },
}

/** The page that it leads to, where one signs in. */
export const authorizePage: Phase = {
  name: 'authorize page',
  beside: bareRoutes,
  prepare: async ({ subject, ours }) => {
    if (ours === null) return undefined
    const visitor = new Person(subject.server.url)
    const page = await visitor.open(ours.installed.authorize('read').path)
    const { request = '' } = fieldsOf(page, '/sign-in')
    const line = `GET /sign-in?request=${request}`
    return async () => clients((index) => repeating(subject, line, { cookie: visitor.cookie }, 200, index))
  },
}
