import { HiddenFields } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import type { Hidden, Page, Person } from '../views/page.ts'
import { PersonLine } from '../views/person.tsx'

const apps = 'Apps that you logged in to stay logged in until you log out there.'

/** The page that asks whether to sign out. */
export function signOutPage({
  page,
  person,
  hidden,
}: {
  page: Page
  person: Person
  hidden: Hidden
}): string {
  return layout({
    page,
    title: 'Sign out',
    children: (
      <>
        <h1>Sign out of {page.brand}?</h1>
        <PersonLine person={person} />
        <p>This signs you out in this browser. {apps}</p>
        <form method="post" action="/sign-out">
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
