import { clients, connections, sending } from '../clients.ts'
import { fieldsOf } from '../person.ts'
import type { Phase } from '../phase.ts'
import { redirects } from '../redirects.ts'
import { bareRoutes } from '../yardsticks.ts'

/** Requests of an app in a round that a person is asked about and allows, or as many as can be made in that time. */
const wanted = { least: 2 * connections, count: 1200 }
const asked = { prompt: 'consent' }

/** The person's yes, which leads to the app with a code. */
export const consent: Phase = {
  name: 'consent',
  isOnce: true,
  beside: bareRoutes,
  prepare: async ({ ours }, { milliseconds }) => {
    if (ours === null) return undefined
    const { browser, authorize } = ours.installed
    const fields = fieldsOf(await browser.open(authorize('read', asked).path), '/consent')
    return async () => {
      const pages = await redirects(ours.installed, asked, { ...wanted, milliseconds })
      const forms = Array.from(pages, ({ to }, index) =>
        browser.posting('/consent', { ...fields, request: to.searchParams.get('request') ?? '' }, index),
      )
      return clients(() => sending(forms, 303))
    }
  },
}
