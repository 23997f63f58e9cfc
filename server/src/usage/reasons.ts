import { refusedRequest } from '../errors/authorization.ts'
import { bearer } from '../errors/bearer.ts'
import type { Catalogue } from '../errors/catalogue.ts'
import { clientDocument } from '../errors/client-document.ts'
import { device } from '../errors/device.ts'
import { proof } from '../errors/dpop.ts'
import { interaction } from '../errors/interaction.ts'
import { introspection } from '../errors/introspection.ts'
import { logout } from '../errors/logout.ts'
import { badBody, OAuthError, PageError, pushed, RequestRefusal, route, token } from '../errors/oauth.ts'
import { unproven, unread } from '../errors/page.ts'
import type { Reason, ReasonValue } from '../store/contract/store.ts'

/** What the log of an app says beyond the step and its error. */
const notes = {
  allowed: () => 'The person allowed it.',
  allowed_before: () => 'Allowed before, so nothing was asked.',
  allowed_again: () => 'Asked again after it was allowed: another code, and the login before has ended.',
  lost_answer: () => 'Asked again for an answer that was lost: the same pair.',
  without_state: () => 'Without state.',
  unregistered: (address: string) =>
    `${address} is not registered. Register it exactly as it is sent, or send a registered one.`,
}

/** The reason that a note of the log gives. */
export const because = <Note extends keyof typeof notes>(
  note: Note,
  ...values: Parameters<(typeof notes)[Note]>
): Reason => ({ code: `log.${note}`, values })

/** Every catalogue that a reason is kept by, under the name it has in codes. */
export const catalogues: Readonly<Record<string, Catalogue>> = {
  request: refusedRequest,
  ...{ unproven, unread, interaction, logout, client_document: clientDocument },
  ...{ pushed, device, introspection, badBody, token, route, bearer, proof },
}

/** The words of a reason. What was kept before there were codes is its own words. */
export function reasonWords({ code, values }: Reason): string {
  const [name = '', key = ''] = code.split('.', 2)
  if (name === 'log') return own<Words>(notes, key)?.(...asCalled(values)) ?? code
  const made = own(own(catalogues, name), key)?.(...asCalled(values))
  if (made instanceof OAuthError || made instanceof RequestRefusal) return made.description
  return made instanceof PageError ? made.words.what : code
}

type Words = (...values: never[]) => string

const own = <Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined

// Values are kept as the entry was called with them.
const asCalled = (values: readonly ReasonValue[]) => values as readonly never[]

/** An event of the log with its reason in words. */
export const worded = <Event extends { readonly reason: Reason | null }>({ reason, ...event }: Event) => ({
  ...event,
  reason: reason && reasonWords(reason),
})
