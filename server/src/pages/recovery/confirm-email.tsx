import { inWords, lifetimes } from '../../limits.ts'
import { HiddenFields } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import type { Page } from '../views/page.ts'

interface ConfirmEmail {
  readonly page: Page
  readonly token: string
  readonly handle: string
  readonly email: string
  /** Whether the account has another one until then. */
  readonly isNew: boolean
  readonly csrf: string
}

/** The page that asks whether an address is to be an account's. */
export function confirmEmailPage({ page, token, handle, email, isNew, csrf }: ConfirmEmail): string {
  return layout({
    page,
    title: 'Confirm your email',
    children: (
      <>
        <h1>Confirm your email</h1>
        <p>
          <bdi>{email}</bdi> {isNew ? 'becomes the email of' : 'is to be the email of'} <bdi>@{handle}</bdi>,
          and yours to sign in and to get back in with. If that account is not yours, close this page: nothing
          changes.
        </p>
        <form method="post" action="/confirm-email">
          <HiddenFields hidden={{ request: null, next: null, csrf }} />
          <input type="hidden" name="token" value={token} />
          <div class="stack">
            <button type="submit" class="primary">
              Confirm
            </button>
          </div>
        </form>
      </>
    ),
  })
}

/** The page that says that an address is an account's. */
export function emailConfirmedPage({ page }: { readonly page: Page }): string {
  return layout({
    page,
    title: 'Your email is confirmed',
    children: (
      <>
        <h1>Your email is confirmed</h1>
        <p>It signs you in from now on, and gets you back in if you forget your password.</p>
        <ToAccount />
      </>
    ),
  })
}

const reasons = {
  gone: [
    'This link has ended',
    `A link to confirm an email works once, for ${inWords(lifetimes.emailLink)}, and only the last one that was sent. If you have just confirmed with it, your email is confirmed. Otherwise ask for another link in your account.`,
  ],
  taken: [
    'Your email was not confirmed',
    'The address has become that of another account meanwhile. Give another one in your account, or sign in to that one.',
  ],
} as const

/** The page that says why an address was not changed. */
export function emailNotChangedPage({
  page,
  why,
}: {
  readonly page: Page
  readonly why: keyof typeof reasons
}): string {
  const [heading, what] = reasons[why]
  return layout({
    page,
    title: heading,
    children: (
      <>
        <h1>{heading}</h1>
        <p>{what}</p>
        <ToAccount />
      </>
    ),
  })
}

const ToAccount = () => (
  <div class="stack">
    <a class="button" href="/account/security">
      Go to your account
    </a>
  </div>
)
