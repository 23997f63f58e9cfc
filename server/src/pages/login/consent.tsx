import { able, Facts, unable } from '../views/abilities.tsx'
import { Avatar } from '../views/avatar.tsx'
import { ClientName } from '../views/client.tsx'
import { HiddenFields, within } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import type { Client, Hidden, Page, Person } from '../views/page.ts'
import { PersonLine } from '../views/person.tsx'

interface Consent {
  readonly page: Page
  readonly client: Client
  readonly person: Person
  readonly scope: 'read' | 'write'
  readonly hidden: Hidden
}

/** The page that asks a person whether an app may use their account. */
export function consentPage({ page, client, person, scope, hidden }: Consent): string {
  return layout({
    page,
    title: 'Allow access',
    children: (
      <>
        <Avatar url={client.logo} name={client.name} kind="app" />
        <h1>
          Allow <ClientName client={client} /> to use your {page.brand} account?
        </h1>
        {!client.isRegistered && (
          <p class="warning">
            This app is not registered with {page.brand}. It calls itself <ClientName client={client} />, and
            nobody has checked that.{' '}
            {client.isNamesake &&
              'An app that is registered here bears the same name: this is not that app. '}
            Allow it only if you trust <bdi>{client.redirectHost}</bdi>.
          </p>
        )}
        <PersonLine person={person}>
          <p class="quiet">
            Not you? <a href={within('/sign-in', hidden)}>Use another account</a>
          </p>
        </PersonLine>
        <h2>The app will be able to</h2>
        <Facts kind="can" facts={able[scope]} />
        <h2>The app will not be able to</h2>
        <Facts kind="cannot" facts={unable[scope]} />
        <p class="quiet">
          To end this, log out in the app or open Apps in your account. Access that is not used ends after 30
          days, any access after 180.
        </p>
        <form
          method="post"
          action="/consent"
          class={client.redirectHost.length > 60 ? 'decide tall' : 'decide'}
        >
          <HiddenFields hidden={hidden} />
          <input type="hidden" name="account" value={person.handle} />
          <p>
            You will be sent to{' '}
            <strong>
              <bdi>{client.redirectHost}</bdi>
            </strong>
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
