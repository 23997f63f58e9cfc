import { Event, type EventWords } from '../views/developers/flow-log.tsx'
import { visible } from '../views/escape-invisible.ts'
import { layout } from '../views/layout.tsx'
import { Name } from '../views/name.tsx'
import type { Page } from '../views/page.ts'
import { Clock, type ControlWords, Csrf, Faults } from './controls.tsx'

interface EmulatorWords extends ControlWords {
  readonly page: Page
  /** What is wrong with the form that was sent. */
  readonly wrong: string | null
  readonly accounts: readonly {
    readonly id: number
    readonly handle: string
    readonly name: string
    readonly email: string
  }[]
  /** The newest; null where mail is sent. */
  readonly mails: readonly { readonly to: string; readonly subject: string; readonly at: string }[] | null
  readonly flows: readonly EventWords[]
  readonly canReset: boolean
}

/** The page of the emulator. */
export function emulatorPage(words: EmulatorWords): string {
  const { page, csrf, wrong, accounts, apps, mails, flows, canReset } = words
  return layout({
    page,
    title: 'Emulator',
    kind: 'wide',
    head: (
      <>
        <link rel="stylesheet" href={page.memberStylesheet} />
        <script src={page.memberScript} defer />
      </>
    ),
    children: (
      <>
        <h1>Emulator</h1>
        <p>
          What this server in development has, and what it can be told to do. Tests do the same with{' '}
          <a href="/docs/guides/testing">
            <code>startEmulator</code>
          </a>
          .
        </p>
        {wrong !== null && (
          <p class="alert" role="alert">
            {wrong}
          </p>
        )}
        <Faults words={words} />
        <Clock words={words} />
        <section class="entry" aria-labelledby="flows">
          <h2 id="flows">Logins</h2>
          <p class="quiet" role="status" data-live-words="Live: what is new appears by itself.">
            Reload the page to see what is new.
          </p>
          <div id="events" data-live="/emulator/events">
            {flows.length === 0 ? (
              <p>Nobody has logged in yet. Whatever happens in the logins of any app appears here.</p>
            ) : (
              <ol class="log">
                {flows.map((event) => (
                  <Event key={event.id} event={event} />
                ))}
              </ol>
            )}
          </div>
        </section>
        <section class="entry" aria-labelledby="accounts">
          <h2 id="accounts">Accounts</h2>
          <ul class="entries">
            {accounts.map(({ id, handle, name, email }) => (
              <li key={id}>
                <strong>
                  <Name text={name} />
                </strong>{' '}
                <span class="quiet">
                  @{handle}, {visible(email)}
                </span>
              </li>
            ))}
          </ul>
          <p>
            <a href="/sign-up">Open an account</a>
          </p>
        </section>
        <section class="entry" aria-labelledby="apps">
          <h2 id="apps">Apps</h2>
          <ul class="entries">
            {apps.map(({ apiKey, name, redirectUris }) => (
              <li key={apiKey}>
                <strong>
                  <Name text={name} />
                </strong>
                <p class="trace">
                  <code>{apiKey}</code>
                </p>
                <p class="quiet">{redirectUris.length === 0 ? 'No redirect URI' : redirectUris.join(', ')}</p>
              </li>
            ))}
          </ul>
          <p>
            <a href="/developers">Make an app</a>
          </p>
        </section>
        <section class="entry" aria-labelledby="mails">
          <h2 id="mails">Mail</h2>
          <Mails mails={mails} />
        </section>
        <section class="entry" aria-labelledby="reset">
          <h2 id="reset">Reset</h2>
          {canReset ? (
            <form method="post" action="/emulator/reset">
              <Csrf csrf={csrf} />
              <p>Deletes every account, app, login and upload, and makes the samples anew.</p>
              <button type="submit">Reset the server</button>
            </form>
          ) : (
            <p>Only a server of stagedoor dev that keeps a database of its own can be reset.</p>
          )}
        </section>
      </>
    ),
  })
}

function Mails({ mails }: Pick<EmulatorWords, 'mails'>) {
  if (mails === null) return <p>Mail is sent by SMTP, as the settings say.</p>
  if (mails.length === 0) return <p>No mail yet.</p>
  return (
    <>
      <ul class="entries">
        {mails.map(({ to, subject, at }) => (
          <li key={`${at} ${to} ${subject}`}>
            <strong>{subject}</strong>
            <p class="quiet">
              To {visible(to)}, {at}
            </p>
          </li>
        ))}
      </ul>
      <p>
        <a href="/dev/outbox">Read the mail</a>
      </p>
    </>
  )
}

/** What is shown while the server starts anew. */
export const resettingPage = ({ page }: { readonly page: Page }): string =>
  layout({
    page,
    title: 'Reset',
    children: (
      <>
        <h1>The server starts anew</h1>
        <p role="status">
          It is back in a moment. <a href="/emulator">To the emulator</a>
        </p>
      </>
    ),
  })
