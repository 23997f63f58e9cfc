import { HiddenFields } from '../form.tsx'
import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'
import { CopyButton } from './copied.tsx'

interface TestLogin {
  readonly page: Page
  readonly app: ListedApp
  /** The redirect URIs of the app, and what opens an authorization that ends there. */
  readonly redirects: readonly { readonly uri: string; readonly url: string }[]
  readonly csrf: string
}

/** The page that offers to try the login of an app. */
export function testLoginPage({ page, app, redirects, csrf }: TestLogin): string {
  return appLayout({
    page,
    app,
    tab: 'Test login',
    children: (
      <>
        <p>
          Log in to your app as yourself, without writing any code. You are asked as everybody is, and then
          see each request of the login with its answer.
        </p>
        <form method="post" action={`/developers/${app.apiKey}/test-login`}>
          <HiddenFields hidden={{ request: null, next: null, csrf }} />
          <fieldset>
            <legend>What the app asks for</legend>
            <label class="choice">
              <input type="radio" name="scope" value="read" checked />
              <span>
                <code>read</code>: see your account
              </span>
            </label>
            <label class="choice">
              <input type="radio" name="scope" value="write" />
              <span>
                <code>write</code>: change it too
              </span>
            </label>
          </fieldset>
          <div class="stack">
            <button type="submit" class="primary">
              Test login
            </button>
          </div>
        </form>
        <p class="quiet">
          A test returns to this page instead of your app, which works for you alone. Its tokens are revoked
          at the end, and it counts neither in the log nor in the usage nor on the checklist of your app.
        </p>
        <section class="entry">
          <h2>What your app sends</h2>
          {redirects.length === 0 ? (
            <p class="warning">
              Nobody can log in yet: your app has no redirect URI.{' '}
              <a href={`/developers/${app.apiKey}`}>Register one</a>
            </p>
          ) : (
            <>
              <p>
                One address for each redirect URI. Put a new random <code>state</code> and the{' '}
                <code>code_challenge</code> of a new <code>code_verifier</code> into it every time, as the SDK
                does.
              </p>
              {redirects.map(({ uri, url }, index) => (
                <section key={uri}>
                  <div class="key head">
                    <h3>
                      <code>{uri}</code>
                    </h3>
                    <CopyButton of={`url-${index}`} what={`the address that returns to ${uri}`} />
                  </div>
                  <pre>
                    <code id={`url-${index}`}>{url}</code>
                  </pre>
                </section>
              ))}
            </>
          )}
        </section>
      </>
    ),
  })
}
