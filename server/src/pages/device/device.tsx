import { AskForEmail, type EmailQuestion } from '../login/consent.tsx'
import { able, Facts, unable, unableButEmail } from '../views/abilities.tsx'
import { AppLinks } from '../views/app-links.tsx'
import { Avatar } from '../views/avatar.tsx'
import { Field, HiddenFields } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import { Name } from '../views/name.tsx'
import type { Link, Page, Person } from '../views/page.ts'
import { PersonLine } from '../views/person.tsx'

const hiddenOf = (csrf: string) => ({ request: null, next: null, csrf })

interface UserCode {
  readonly page: Page
  readonly person: Person
  readonly code: string
  readonly error: string | null
  readonly csrf: string
}

/** The page that asks for the code a device shows. */
export function userCodePage({ page, person, code, error, csrf }: UserCode): string {
  return layout({
    page,
    title: error === null ? 'Log in on a device' : 'Error: Log in on a device',
    children: (
      <>
        <h1>Log in on a device</h1>
        <PersonLine person={person} />
        <form method="post" action="/device">
          <HiddenFields hidden={hiddenOf(csrf)} />
          <Field
            name="user_code"
            label="The code that the device shows"
            kind="handle"
            autocomplete="off"
            value={code}
            hint="Eight letters, such as BCDF-GHJK. Type only a code that you see on a device of your own."
            error={error ?? undefined}
            focus
          />
          <div class="stack">
            <button type="submit" class="primary">
              Continue
            </button>
          </div>
        </form>
      </>
    ),
  })
}

interface DeviceConsent {
  readonly page: Page
  readonly app: {
    readonly name: string
    readonly logo: string | null
    readonly owner: string | null
    readonly links: readonly Link[]
  }
  readonly person: Person
  readonly scope: 'read' | 'write'
  readonly email: EmailQuestion | null
  readonly userCode: string
  readonly csrf: string
}

/** The page that asks a person whether an app on a device may use their account. */
export function deviceConsentPage({
  page,
  app,
  person,
  scope,
  email,
  userCode,
  csrf,
}: DeviceConsent): string {
  return layout({
    page,
    title: 'Allow a device',
    children: (
      <>
        <Avatar url={app.logo} name={app.name} kind="app" />
        <h1>
          Allow <Name text={app.name} /> on a device to use your {page.brand} account?
        </h1>
        <p class="quiet">
          {app.owner === null ? (
            'Owner unknown: whoever runs this server registered it.'
          ) : (
            <>
              Owned by <bdi>@{app.owner}</bdi>
            </>
          )}
        </p>
        <AppLinks links={app.links}>
          <Name text={app.name} />
        </AppLinks>
        <PersonLine person={person} />
        <h2>The app will be able to</h2>
        <Facts kind="can" facts={able[scope]} />
        <h2>The app will not be able to</h2>
        <Facts kind="cannot" facts={email === null ? unable[scope] : unableButEmail[scope]} />
        <p class="quiet">To end this, log out on the device or open Apps in your account.</p>
        <form method="post" action="/device/answer" class="decide">
          <HiddenFields hidden={hiddenOf(csrf)} />
          <input type="hidden" name="user_code" value={userCode} />
          {email !== null && <AskForEmail email={email} />}
          <p>
            The device must show <strong>{userCode}</strong>. Allow this only if it is in front of you and you
            started it there. If somebody sent you this code, cancel: they would get into your account.
          </p>
          <div class="actions">
            <button type="submit" name="answer" value="cancel">
              Cancel
            </button>
            <button type="submit" name="answer" value="allow" class="primary allow">
              Allow
            </button>
          </div>
        </form>
      </>
    ),
  })
}

/** The page that says what the answer to a device was. */
export function deviceAnsweredPage({ page, isAllowed }: { page: Page; isAllowed: boolean }): string {
  return layout({
    page,
    title: isAllowed ? 'Device allowed' : 'Device not allowed',
    children: isAllowed ? (
      <>
        <h1>Go on at your device</h1>
        <p>It is logged in within a few seconds. You can close this page.</p>
        <p class="quiet">
          To end its access, open <a href="/account/apps">Apps</a> in your account.
        </p>
      </>
    ) : (
      <>
        <h1>The device got nothing</h1>
        <p>It knows that you cancelled. You can close this page.</p>
      </>
    ),
  })
}
