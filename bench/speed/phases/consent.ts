import { clients, connections, sending } from '../clients.ts'
import { fieldsOf } from '../person.ts'
import type { Phase } from '../phase.ts'
import type { Installed } from '../stagedoor.ts'
import { bareRoutes } from '../yardsticks.ts'

/** Requests of an app in a round that a person is asked about and allows, or as many as can be made in that time. */
const [leastConsents, consents] = [2 * connections, 600]

/** The person's yes, which leads to the app with a code. */
export const consent: Phase = {
  name: 'consent',
  isOnce: true,
  beside: bareRoutes,
  prepare: async ({ ours }, { milliseconds }) => {
    if (ours === null) return undefined
    const { browser } = ours.installed
    const fields = fieldsOf(await browser.open(asking(ours.installed)), '/consent')
    return async () => {
      const forms = Array.from(await requestsOf(ours.installed, milliseconds), (request, index) =>
        browser.posting('/consent', { ...fields, request }, index),
      )
      return clients(() => sending(forms, 303))
    }
  },
}

const asking = ({ authorize }: Installed) => authorize('read', { prompt: 'consent' }).path

async function requestsOf(installed: Installed, milliseconds: number): Promise<string[]> {
  const end = performance.now() + milliseconds
  const requests: string[] = []
  const open = async () => {
    const page = new URL(await installed.browser.whereTo(asking(installed)), installed.server.url)
    requests.push(page.searchParams.get('request') ?? '')
  }
  while (requests.length < consents && (requests.length < leastConsents || performance.now() < end))
    await Promise.all(Array.from({ length: 8 }, open))
  return requests
}
