import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'

// What was done, in words: the address names one of these and can say nothing else.
const words = {
  created: 'Your app is registered. This is its key:',
  saved: 'Your app is saved.',
  registered: 'The redirect URI is registered.',
  removed: 'The webhook is removed.',
  queued: 'The message is on its way. Reload the page to see what became of it.',
  revoked: 'The token is revoked. What still uses it is refused from now on.',
  deleted: 'The app is deleted. Its access to every account has ended.',
} as const

/** Goes back to a page of the portal, which then says what was done. */
export const done = (path: string, what: keyof typeof words): Reply => seeOther(`${path}?done=${what}`)

/** What was done just before, for the page that is asked for. */
export function whatWasDone(request: Request): string | null {
  const named = readForm(request.query).get('done')
  return Object.entries(words).find(([what]) => what === named)?.[1] ?? null
}
