import { HiddenFields } from '../form.tsx'
import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'
import { Checklist, type StepWords } from './checklist.tsx'
import { ApiKey, CopyButton } from './copied.tsx'
import { GoingLive, type RedirectSets } from './redirect-sets.tsx'

/** A program to paste. */
export interface Snippet {
  readonly id: string
  readonly title: string
  /** What to do with it, without a full stop. */
  readonly before: string
  readonly text: string
  readonly redirectUri: string
  readonly isRegistered: boolean
}

interface Quickstart {
  readonly page: Page
  readonly app: ListedApp
  readonly snippets: readonly Snippet[]
  readonly sets: RedirectSets
  /** What the app has done and has yet to do. */
  readonly steps: readonly StepWords[]
  readonly done: string | null
  readonly csrf: string
}

/** The page with programs that log in with this very app. */
export function quickstartPage({ page, app, snippets, sets, steps, done, csrf }: Quickstart): string {
  return appLayout({
    page,
    app,
    tab: 'Quickstart',
    done,
    children: (
      <>
        <p>
          Each of these runs as it stands: your key, a redirect URI and this server are filled in. To see a
          login before you write one, <a href={`/developers/${app.apiKey}/test-login`}>test it here</a>.
        </p>
        <ApiKey apiKey={app.apiKey} />
        <ul class="pick">
          {snippets.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
          <li>
            <a href="#steps">Your checklist</a>
          </li>
        </ul>
        {snippets.map((snippet) => (
          <section key={snippet.id} class="entry">
            <div class="key head">
              <h2 id={snippet.id}>{snippet.title}</h2>
              <CopyButton of={`${snippet.id}-text`} what={`the snippet for ${snippet.title}`} />
            </div>
            <p>{snippet.before}.</p>
            {!snippet.isRegistered && <Register app={app} snippet={snippet} csrf={csrf} />}
            <pre>
              <code id={`${snippet.id}-text`}>{snippet.text}</code>
            </pre>
          </section>
        ))}
        <section class="entry">
          <h2 id="steps">Your checklist</h2>
          <p
            class="quiet"
            role="status"
            data-live-words="Live: steps tick themselves as your app takes them."
          >
            Reload the page to see what your app has done since.
          </p>
          <div id="checklist" data-live={`/developers/${app.apiKey}/log/events`}>
            <Checklist steps={steps} />
          </div>
        </section>
        <section class="entry">
          <h2 id="going-live">Going live</h2>
          <p>
            What people use has an address of its own and a key of its own. The whole list is{' '}
            <a href="/docs/guides/going-live">Going live</a>.
          </p>
          <GoingLive apiKey={app.apiKey} sets={sets} />
        </section>
      </>
    ),
  })
}

function Register({ app, snippet, csrf }: { app: ListedApp; snippet: Snippet; csrf: string }) {
  return (
    <form method="post" action={`/developers/${app.apiKey}/redirect-uris`}>
      <HiddenFields hidden={{ request: null, next: null, csrf }} />
      <input type="hidden" name="redirect_uri" value={snippet.redirectUri} />
      <p class="warning">It returns to an address that your app has not registered.</p>
      <button type="submit">
        <span>
          Register <code>{snippet.redirectUri}</code>
        </span>
      </button>
    </form>
  )
}
