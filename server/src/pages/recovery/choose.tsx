import { inWords, lifetimes, passwordHint } from '../../limits.ts'
import { Buttons, CancelForm, Field, HiddenFields, Mistakes, within } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import type { Hidden, Page } from '../views/page.ts'

interface NewPassword {
  readonly page: Page
  readonly hidden: Hidden
  readonly token: string
  readonly handle: string
  readonly error: string | null
}

/** The page that asks for the new password. */
export function newPasswordPage({ page, hidden, token, handle, error }: NewPassword): string {
  return layout({
    page,
    title: error === null ? 'Choose a new password' : 'Error: Choose a new password',
    children: (
      <>
        <h1>Choose a new password</h1>
        <Mistakes mistakes={error === null ? [] : [['new_password', error]]} />
        <p>
          For <bdi>@{handle}</bdi>. It signs you out in every other browser, ends the access of every app and
          removes every passkey, so that nobody else stays in. You can add passkeys again afterwards.
        </p>
        <form method="post" action="/reset-password/new">
          <HiddenFields hidden={hidden} />
          <input type="hidden" name="token" value={token} />
          <input type="text" name="username" value={handle} autocomplete="username" hidden readonly />
          <Field
            name="new_password"
            label="New password"
            kind="newPassword"
            autocomplete="new-password"
            hint={passwordHint}
            error={error ?? undefined}
            focus={error === null}
          />
          <Buttons submit="Set password" hidden={hidden} />
        </form>
        <CancelForm hidden={hidden} />
      </>
    ),
  })
}

/** The page of a link that works no more. */
export function resetEndedPage({ page, hidden }: { readonly page: Page; readonly hidden: Hidden }): string {
  return layout({
    page,
    title: 'This link has ended',
    children: (
      <>
        <h1>This link has ended</h1>
        <p>
          A link to a new password works once, for {inWords(lifetimes.resetLink)}, and only the last one that
          was sent. If you have just set a new password with it, sign in.
        </p>
        <div class="stack">
          {page.sendsMail && (
            <a class="button primary" href={within('/reset-password', hidden)}>
              Get another link
            </a>
          )}
          <a class="button" href={within('/sign-in', hidden)}>
            Sign in
          </a>
        </div>
      </>
    ),
  })
}
