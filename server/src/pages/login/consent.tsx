import { able, Facts, unable, unableButEmail } from '../views/abilities.tsx'
import { AppLinks } from '../views/app-links.tsx'
import { Avatar } from '../views/avatar.tsx'
import { ClientName } from '../views/client.tsx'
import { HiddenFields, within } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import { Name } from '../views/name.tsx'
import type { Client, Hidden, Page, Person } from '../views/page.ts'
import { PersonLine } from '../views/person.tsx'

/** What is new against what the person allowed the app before. */
export interface ConsentNews {
  /** What the app was called then, where that was something else. */
  readonly formerName: string | null
  /** How much was allowed; null for nothing. */
  readonly allowed: 'read' | 'write' | null
  /** Whether it leads to an address that was not allowed. */
  readonly isElsewhere: boolean
}

/** The question whether an app is told the person's email. */
export interface EmailQuestion {
  /** Null for an account whose email is not confirmed. */
  readonly address: string | null
  /** Whether they answered yes before. */
  readonly isShared: boolean
}

interface Consent {
  readonly page: Page
  readonly client: Client
  readonly person: Person
  readonly scope: 'read' | 'write'
  readonly news: ConsentNews
  /** Nothing where the app does not ask for it. */
  readonly email?: EmailQuestion | null
  readonly hidden: Hidden
}

/** The page that asks a person whether an app may use their account. */
export function consentPage({ page, client, person, scope, news, email = null, hidden }: Consent): string {
  return layout({
    page,
    title: 'Allow access',
    children: (
      <>
        <Avatar url={client.logo} name={client.name} kind="app" />
        <h1>
          Allow <ClientName client={client} /> to use your {page.brand} account?
        </h1>
        {news.formerName !== null && (
          <p class="warning">
            Its name was <Name text={news.formerName} /> when you allowed it before.
          </p>
        )}
        {client.isRegistered && (
          <p class="quiet">
            {client.owner === null ? (
              'Owner unknown: whoever runs this server registered it.'
            ) : (
              <>
                Owned by <bdi>@{client.owner}</bdi>
              </>
            )}
          </p>
        )}
        {!client.isRegistered && <NotRegistered client={client} brand={page.brand} />}
        <AppLinks links={client.links}>
          <ClientName client={client} />
        </AppLinks>
        <PersonLine person={person}>
          <p class="quiet">
            Not you? <a href={within('/sign-in', hidden)}>Use another account</a>
          </p>
        </PersonLine>
        <h2>The app will be able to</h2>
        <Facts
          kind="can"
          facts={able[scope]}
          known={news.allowed === null ? able[scope] : able[news.allowed]}
        />
        <h2>The app will not be able to</h2>
        <Facts kind="cannot" facts={email === null ? unable[scope] : unableButEmail[scope]} />
        <p class="quiet">
          To end this, log out in the app or open Apps in your account. Access that is not used ends after 30
          days, any access after 180.
        </p>
        <form method="post" action="/consent" class="decide">
          <HiddenFields hidden={hidden} />
          <input type="hidden" name="account" value={person.handle} />
          {email !== null && <AskForEmail email={email} />}
          <p>
            You will be sent to{' '}
            <strong>
              <bdi>{client.redirectHost}</bdi>
            </strong>
            {news.isElsewhere && ', which you have not allowed this app before'}
            {client.isNative && ' on this device. Allow this only if you started it in the app'}.
          </p>
          <div class="actions">
            <button type="submit" formaction="/cancel">
              Cancel
            </button>
            <button type="submit" class="primary allow">
              Allow
            </button>
          </div>
        </form>
      </>
    ),
  })
}

// What is proven of an app that nobody has registered, and what is not.
function NotRegistered({ client, brand }: { client: Client; brand: string }) {
  const trusted = client.documentHost ?? client.redirectHost
  return (
    <p class="warning">
      {client.documentHost === null ? (
        <>
          This app is not registered with {brand}. It calls itself <ClientName client={client} />, and nobody
          has checked that.{' '}
        </>
      ) : (
        <>
          This app belongs to{' '}
          <strong>
            <bdi>{client.documentHost}</bdi>
          </strong>
          : that is proven. Nobody at {brand} has reviewed it, and <ClientName client={client} /> is what it
          calls itself.{' '}
        </>
      )}
      {client.isNamesake && 'An app that is registered here bears the same name: this is not that app. '}
      Allow it only if you trust <bdi>{trusted}</bdi>.
    </p>
  )
}

/** The question whether an app is told the email; off unless it was answered before. */
export function AskForEmail({ email: { address, isShared } }: { email: EmailQuestion }) {
  return address === null ? (
    <p class="quiet">The app asks for your email too. Yours is not confirmed, so it is not shared.</p>
  ) : (
    <p>
      <label class="choice">
        <input type="checkbox" name="share_email" value="yes" checked={isShared} />
        <span>
          Also tell it my email, <bdi>{address}</bdi>
        </span>
      </label>
    </p>
  )
}
