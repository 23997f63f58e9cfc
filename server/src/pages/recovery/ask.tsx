import { inWords, lifetimes, mailLinks } from '../../limits.ts'
import { ClientLine } from '../views/client.tsx'
import { Buttons, CancelForm, Field, HiddenFields, within } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import type { Client, Hidden, Page } from '../views/page.ts'

interface AskForReset {
  readonly page: Page
  readonly client: Client | null
  readonly hidden: Hidden
  readonly login: string
  readonly error: string | null
}

/** The page that asks whose password is forgotten. */
export function askForResetPage({ page, client, hidden, login, error }: AskForReset): string {
  const wrong = error === null ? undefined : 'error'
  return layout({
    page,
    title: error === null ? 'Reset your password' : 'Error: Reset your password',
    children: (
      <>
        <h1>Reset your password</h1>
        {client && <ClientLine client={client} />}
        <p>
          We send a link to the email of your account. With it you choose a new password, which signs you out
          everywhere, ends the access of every app and removes every passkey.
        </p>
        {error !== null && (
          <p class="alert" role="alert" id="error">
            {error}
          </p>
        )}
        <form method="post" action="/reset-password">
          <HiddenFields hidden={hidden} />
          <Field
            name="login"
            label="Email or handle"
            kind="handle"
            autocomplete="username"
            value={login}
            describedBy={wrong}
            focus
          />
          <Buttons submit="Send the link" hidden={hidden} />
        </form>
        <CancelForm hidden={hidden} />
        <BackToSignIn hidden={hidden} />
      </>
    ),
  })
}

/** The page that says where to look for the link. */
export function resetSentPage({
  page,
  hidden,
  hasOutbox,
}: {
  readonly page: Page
  readonly hidden: Hidden
  readonly hasOutbox: boolean
}): string {
  return layout({
    page,
    title: 'Look at your mail',
    children: (
      <>
        <h1>Look at your mail</h1>
        <p>
          If there is an account with what you typed, a link is on its way to its email. It works once, for{' '}
          {inWords(lifetimes.resetLink)}.
        </p>
        {hidden.request !== null && <p>Open it in this browser, and you go on to the app from there.</p>}
        {hasOutbox && (
          <p>
            This server is for development: its mail is in the <a href="/dev/outbox">outbox</a>.
          </p>
        )}
        <p class="quiet">
          Nothing after a few minutes? Look among the spam, and check what you typed. An account is sent{' '}
          {mailLinks.anHour} links an hour at most.
        </p>
        <div class="stack">
          <a class="button" href={within('/reset-password', hidden)}>
            Ask again
          </a>
        </div>
        <BackToSignIn hidden={hidden} />
      </>
    ),
  })
}

/** The page of a server that sends no mail. */
export function noMailPage({ page, hidden }: { readonly page: Page; readonly hidden: Hidden }): string {
  return layout({
    page,
    title: 'Reset your password',
    children: (
      <>
        <h1>No mail is sent here</h1>
        <p>
          Mail is not set up on this server, so it cannot send you a link to a new password. Ask whoever runs
          it for help.
        </p>
        <BackToSignIn hidden={hidden} />
      </>
    ),
  })
}

const BackToSignIn = ({ hidden }: { hidden: Hidden }) => (
  <p class="after">
    <a href={within('/sign-in', hidden)}>Back to sign-in</a>
  </p>
)
