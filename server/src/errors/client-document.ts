import { catalogue } from './catalogue.ts'
import { PageError } from './oauth.ts'
import { byApp } from './page.ts'

const heading = 'This app could not be checked'
const next = 'Nothing was shared. Go back to the app, and tell its developer what this page says.'

/** What is wrong, in words that go on from "Its client_id leads to a document". */
const refused = (what: string) =>
  new PageError(byApp(heading, `Its client_id leads to a document ${what}.`, next, 'invalid_client'))

const unread = {
  unresolved: 'at a host that cannot be found',
  private: 'at a host that is not on the public internet',
  unreachable: 'at a host that could not be reached',
  late: 'that took too long to arrive',
  large: 'that is longer than the 10 kB that are read',
  busy: 'that could not be read right now. Try again shortly',
} as const

/** OAuth Client ID Metadata Document §4, §6: nothing is redirected, as no client is proven. */
export const clientDocument = catalogue('client_document', {
  off: () =>
    new PageError(
      byApp(
        'This app is not known here',
        'Its client_id is an address, and this server takes apps alone that are registered.',
        next,
        'invalid_client',
      ),
    ),
  unread: (fault: keyof typeof unread) => refused(unread[fault]),
  status: (status: number) =>
    refused(`that was answered with status ${status}: it must be 200, and redirects are not followed`),
  type: () => refused('that is not sent as application/json in plain'),
  notAnObject: () => refused('that is not one object of JSON'),
  redirectUri: (name: string) =>
    new PageError(
      byApp(
        'This redirect URI is not the app’s',
        `${name} asked to be returned to an address that its own document does not name.`,
        next,
      ),
    ),
  /** `why` says what the member must be. */
  member: (name: string, why: string) => refused(`whose ${name} cannot be taken: ${why.replace(/\.$/, '')}`),
})
