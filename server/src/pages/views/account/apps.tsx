import { able, Facts } from '../abilities.tsx'
import { AppLinks } from '../app-links.tsx'
import { Avatar } from '../avatar.tsx'
import { Name } from '../name.tsx'
import type { Link, Page } from '../page.ts'
import { accountLayout } from './account-layout.tsx'
import { Day } from './day.tsx'

/** An app that may act for the person. */
export interface ConnectedAppWords {
  readonly apiKey: string | null
  readonly name: string
  /** Where it has proven to be at home, though nobody has registered it. */
  readonly documentHost?: string | null
  /** URL of its logo. */
  readonly logo: string | null
  /** What it says of itself. */
  readonly links: readonly Link[]
  readonly redirectUri: string
  readonly redirectHost: string
  readonly scope: 'read' | 'write'
  readonly knowsEmail?: boolean
  readonly createdAt: number
  readonly usedAt: number
  readonly trackCount: number
  readonly savedCount: number
}

interface Apps {
  readonly page: Page
  readonly apps: readonly ConnectedAppWords[]
  readonly done: string | null
  readonly csrf: string
  /** Milliseconds since the Unix epoch. */
  readonly now: number
}

/** The page of the apps that may use an account. */
export function appsPage({ page, apps, done, csrf, now }: Apps): string {
  return accountLayout({
    page,
    tab: 'Apps',
    done,
    children:
      apps.length === 0 ? (
        <p>No app may use your account. When you allow one, it is listed here until you end its access.</p>
      ) : (
        <>
          <p>These apps may use your account. End the access of one, and it stops at its next request.</p>
          {apps.map((app) => (
            <ConnectedApp
              key={`${app.apiKey} ${app.name} ${app.redirectUri}`}
              app={app}
              csrf={csrf}
              now={now}
            />
          ))}
        </>
      ),
  })
}

function ConnectedApp({ app, csrf, now }: { app: ConnectedAppWords; csrf: string; now: number }) {
  const name = app.name || 'An app without a name'
  return (
    <section class="entry">
      <div class="line">
        <Avatar url={app.logo} name={name} kind="app" />
        <div>
          <h2>
            {app.apiKey === null || app.documentHost ? (
              <>
                “<Name text={name} />”
              </>
            ) : (
              <Name text={name} />
            )}
          </h2>
          <p class="quiet">
            <bdi>{app.redirectHost}</bdi>
          </p>
        </div>
      </div>
      {app.apiKey === null && (
        <p class="quiet">
          This app is not registered. It calls itself by this name, and nobody has checked that.
        </p>
      )}
      {app.documentHost && (
        <p class="quiet">
          This app is not registered. It belongs to <bdi>{app.documentHost}</bdi>, and nobody here has
          reviewed it.
        </p>
      )}
      <AppLinks links={app.links}>
        <Name text={name} />
      </AppLinks>
      <p>
        Allowed since <Day at={app.createdAt} now={now} />. Last used <Day at={app.usedAt} now={now} />.
      </p>
      <Doings app={app} />
      <details>
        <summary>What it may do</summary>
        <Facts kind="can" facts={app.knowsEmail ? [...able[app.scope], 'See your email'] : able[app.scope]} />
      </details>
      <form method="post" action="/account/apps/end">
        <input type="hidden" name="csrf" value={csrf} />
        {app.apiKey === null ? (
          <>
            <input type="hidden" name="name" value={app.name} />
            <input type="hidden" name="redirect_uri" value={app.redirectUri} />
          </>
        ) : (
          <input type="hidden" name="api_key" value={app.apiKey} />
        )}
        <button type="submit">
          <span>
            End access
            <span class="aside">
              {' '}
              of <Name text={name} />
            </span>
          </span>
        </button>
      </form>
    </section>
  )
}

function Doings({ app: { trackCount, savedCount } }: { app: ConnectedAppWords }) {
  const tracks = (count: number) => `${count} ${count === 1 ? 'track' : 'tracks'}`
  const doings = [
    ...(trackCount > 0 ? [`published ${tracks(trackCount)} for you`] : []),
    ...(savedCount > 0 ? [`saved ${tracks(savedCount)} to your library`] : []),
  ]
  return doings.length === 0 ? null : <p>It has {doings.join(' and ')}. What it did stays.</p>
}
