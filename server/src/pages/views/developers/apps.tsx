import { Avatar } from '../avatar.tsx'
import { HiddenFields } from '../form.tsx'
import { memberLayout } from '../member-layout.tsx'
import { Name } from '../name.tsx'
import type { EmailStatus, Page } from '../page.ts'
import {
  AppAlert,
  type AppMistakes,
  type AppValues,
  hasMistakes,
  NameField,
  OtherForms,
  RedirectUriFields,
} from './app-fields.tsx'

/** An app in the list of its owner. */
export interface ListedApp {
  readonly apiKey: string
  readonly name: string
  /** URL of its logo. */
  readonly logo: string | null
  /** False where apps cannot be told what becomes of their people. */
  readonly hasWebhooks?: boolean
}

interface Apps {
  readonly page: Page
  readonly apps: readonly ListedApp[]
  readonly values: AppValues
  readonly mistakes: AppMistakes
  /** An app of one's own that has the name which was asked for. */
  readonly twin: ListedApp | null
  readonly done: string | null
  /** Why no app can be created yet, and whether one was just asked for. */
  readonly unconfirmed: { readonly status: EmailStatus; readonly isInTheWay: boolean } | null
  readonly csrf: string
}

/** The page that lists one's apps and registers another. */
export function appsPage({ page, apps, values, mistakes, twin, done, unconfirmed, csrf }: Apps): string {
  return memberLayout({
    page,
    title: hasMistakes(mistakes) || unconfirmed?.isInTheWay ? 'Error: Your apps' : 'Your apps',
    room: 'developers',
    children: (
      <>
        <h1>Your apps</h1>
        {done !== null && (
          <p class="done" role="status">
            {done}
          </p>
        )}
        <AppAlert mistakes={mistakes} />
        {unconfirmed && <ConfirmFirst {...unconfirmed} csrf={csrf} />}
        {apps.length === 0 ? (
          <p>You have no app yet. Register one below: its key is yours at once, and there is no secret.</p>
        ) : (
          <ul class="entries">
            {apps.map((app) => (
              <li key={app.apiKey} class="line">
                <Avatar url={app.logo} name={app.name} kind="app" />
                <div>
                  <a href={`/developers/${app.apiKey}`}>
                    <Name text={app.name} />
                  </a>
                  <p>
                    <code>{app.apiKey}</code>
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
        <section class="entry">
          <h2>Create an app</h2>
          {twin && (
            <p>
              <a href={`/developers/${twin.apiKey}`}>Open the app you have</a>, or choose another name.
            </p>
          )}
          <form method="post" action="/developers">
            <HiddenFields hidden={{ request: null, next: null, csrf }} />
            <NameField values={values} mistakes={mistakes} />
            <RedirectUriFields values={values} mistakes={mistakes} />
            <div class="stack">
              <button type="submit" class="primary">
                Create app
              </button>
              <OtherForms mistakes={mistakes} />
            </div>
          </form>
        </section>
        <section class="entry">
          <h2>Manage apps by program</h2>
          <p>
            An app’s access tokens never change apps. For your own programs there are{' '}
            <a href="/developers/tokens">management tokens</a>.
          </p>
        </section>
      </>
    ),
  })
}

function ConfirmFirst({
  status,
  isInTheWay,
  csrf,
}: {
  status: EmailStatus
  isInTheWay: boolean
  csrf: string
}) {
  return (
    <div class={isInTheWay ? 'alert' : 'warning'} role={isInTheWay ? 'alert' : undefined}>
      {status === 'lost' ? (
        <p>
          Another account has confirmed the email that you gave, so you cannot create apps.{' '}
          <a href="/account/security#email">Give another email and confirm it</a>
        </p>
      ) : (
        <>
          <p>
            Confirm your email, then you can create apps: open the link that we have sent you.
            {isInTheWay && ' What you typed stays below; press Create app again afterwards.'}
          </p>
          <form method="post" action="/account/email/confirm">
            <HiddenFields hidden={{ request: null, next: null, csrf }} />
            <div class="stack">
              <button type="submit">Send the link again</button>
            </div>
          </form>
        </>
      )}
    </div>
  )
}
