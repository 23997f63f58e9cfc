import { address, clients, resending } from '../clients.ts'
import { request } from '../connection.ts'
import { fieldsOf, Person } from '../person.ts'
import type { Phase, Round } from '../phase.ts'
import type { Subject } from '../subjects.ts'
import { argon2 } from '../yardsticks.ts'

/** Browsers: the server works on one such password at a time. */
const browsers = 4

/** A password that is right, of each connection from a browser that its person has signed in with before. */
export const signIn: Phase = {
  name: 'sign-in',
  beside: [argon2],
  prepare: async ({ subject, ours }) => {
    if (ours === null) return byJson(subject)
    const { handle: login, password } = ours.installed.person
    const forms: Buffer[] = []
    while (forms.length < browsers) {
      const browser = new Person(subject.server.url)
      const page = await browser.open('/sign-in')
      const fields = fieldsOf(page, '/sign-in')
      await browser.submit(page, '/sign-in', { login, password })
      forms.push(browser.posting('/sign-in', { ...fields, login, password }, forms.length))
    }
    return async () => clients((index) => resending(forms[index] ?? Buffer.alloc(0), 303), browsers)
  },
}

function byJson({ server, prepared: { signIn } }: Subject): Round | undefined {
  if (signIn === undefined) return undefined
  const { host, origin } = new URL(server.url)
  const headers = { host, origin, 'content-type': 'application/json' }
  const ofBrowser = (index: number) => request(`POST ${signIn.path}`, headers, address(index), signIn.json)
  return async () => clients((index) => resending(ofBrowser(index), 200), browsers)
}
