import { Field, PasskeyInstead } from '../form.tsx'
import type { EmailStatus } from '../page.ts'

/** What is wrong with each field, in words for the person. */
export interface EmailMistakes {
  readonly new_email?: string
  readonly email_password?: string
  readonly confirm_email?: string
}

export interface EmailWords {
  readonly current: string
  readonly emailStatus: EmailStatus
  /** The address that waits to be confirmed. */
  readonly pending: string | null
  readonly typed: string
  readonly mistakes: EmailMistakes
}

/** The part of the page on which an address is changed. */
export function EmailSection({
  email: { current, emailStatus, pending, typed, mistakes },
  sendsMail,
  hasPasskeys,
  csrf,
}: {
  readonly email: EmailWords
  readonly sendsMail: boolean
  readonly hasPasskeys: boolean
  readonly csrf: string
}) {
  return (
    <section class="entry" id="email">
      <h2>Email</h2>
      {emailStatus !== 'lost' && (
        <p>
          <bdi>{current}</bdi> is for signing in and for getting back in. Apps do not see it.
        </p>
      )}
      {emailStatus === 'lost' && (
        <p>
          <bdi>{current}</bdi> is no longer yours here: another account has confirmed it. Sign in with your
          handle, and give another email{sendsMail ? ' below' : ''}.
        </p>
      )}
      {emailStatus === 'unconfirmed' && sendsMail && (
        <form method="post" action="/account/email/confirm" id="confirm_email">
          <input type="hidden" name="csrf" value={csrf} />
          <p>
            It is not confirmed yet: open the link that we have sent there. Until then it cannot get you back
            in, and you cannot create apps or publish tracks.
          </p>
          {mistakes.confirm_email && <p class="wrong">{mistakes.confirm_email}</p>}
          <button type="submit">Send the link again</button>
        </form>
      )}
      {!sendsMail && (
        <p class="quiet">
          Mail is not set up on this server, so the email cannot be changed here. Ask whoever runs it for
          help.
        </p>
      )}
      {pending !== null && (
        <form method="post" action="/account/email/cancel">
          <input type="hidden" name="csrf" value={csrf} />
          <p>
            <bdi>{pending}</bdi> waits to be confirmed by the link that we have sent there. Until then nothing
            changes.
          </p>
          <button type="submit">Keep the old one</button>
        </form>
      )}
      {sendsMail && (
        <form method="post" action="/account/email">
          <input type="hidden" name="csrf" value={csrf} />
          <Field
            name="new_email"
            label="New email"
            kind="email"
            autocomplete="email"
            value={typed}
            hint="We send a link there. It becomes your email once you have opened it."
            error={mistakes.new_email}
          />
          <Field
            name="password"
            id="email_password"
            label="Your password"
            kind="password"
            autocomplete="current-password"
            error={mistakes.email_password}
          />
          <div class="stack">
            <button type="submit" class="primary">
              Change email
            </button>
            <PasskeyInstead isOffered={hasPasskeys} />
          </div>
        </form>
      )}
    </section>
  )
}
