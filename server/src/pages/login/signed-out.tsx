import { HiddenFields } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import { Name } from '../views/name.tsx'
import type { Hidden, Page, Person } from '../views/page.ts'
import { PersonLine } from '../views/person.tsx'

const apps = 'Apps that you logged in to stay logged in until you log out there.'

interface SignOut {
  readonly page: Page
  readonly person: Person
  readonly hidden: Hidden
  /** The app that has sent the person here to sign out. */
  readonly appName?: string | null
  /** What it has sent, for after the answer. */
  readonly fields?: readonly (readonly [string, string])[]
}

/** The page that asks whether to sign out. */
export function signOutPage({ page, person, hidden, appName = null, fields }: SignOut): string {
  return layout({
    page,
    title: 'Sign out',
    children: (
      <>
        <h1>Sign out of {page.brand}?</h1>
        <PersonLine person={person} />
        {appName !== null && (
          <p>
            You logged out of <Name text={appName} />.
          </p>
        )}
        <p>This signs you out in this browser. {apps}</p>
        <form method="post" action={fields === undefined ? '/sign-out' : '/logout'}>
          {fields?.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <HiddenFields hidden={hidden} />
          <div class="stack">
            <button type="submit" class="primary">
              Sign out
            </button>
          </div>
        </form>
        <p class="after">
          <a href="/">Stay signed in</a>
        </p>
      </>
    ),
  })
}

/** The page that says that a person is signed out, and of what. */
export function signedOutPage({ page }: { page: Page }): string {
  return layout({
    page,
    title: 'Signed out',
    children: (
      <>
        <h1>You are signed out</h1>
        <p>
          You are signed out of {page.brand} in this browser. {apps}
        </p>
        <div class="stack">
          <a class="button" href="/sign-in">
            Sign in
          </a>
        </div>
      </>
    ),
  })
}
