import { layout } from './layout.tsx'
import type { Page, Person } from './page.ts'
import { PersonLine } from './person.tsx'

interface Home {
  readonly page: Page
  /** Who is signed in in this browser. */
  readonly person: Person | null
  /** What else this server offers; signing in and out is there already. */
  readonly links: readonly { readonly href: string; readonly text: string }[]
}

/** The front page: what this server is and who is signed in. */
export function homePage({ page, person, links }: Home): string {
  return layout({
    page,
    title: `Log in with ${page.brand}`,
    children: (
      <>
        <h1>Log in with {page.brand}</h1>
        <p>
          Apps use this server to let you log in with your {page.brand} account. They never see your password.
        </p>
        {person && <PersonLine person={person} />}
        <div class="stack">
          {person ? (
            <>
              <a class="button primary" href="/account">
                Your account
              </a>
              <a class="button" href="/sign-out">
                Sign out
              </a>
            </>
          ) : (
            <>
              <a class="button primary" href="/sign-in">
                Sign in
              </a>
              <a class="button" href="/sign-up">
                Sign up
              </a>
            </>
          )}
        </div>
        {links.length > 0 && (
          <nav aria-label="For developers">
            <h2>For developers</h2>
            <ul class="links">
              {links.map(({ href, text }) => (
                <li key={href}>
                  <a href={href}>{text}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </>
    ),
  })
}
