import { passwordHint } from '../../../limits.ts'
import { Activity, type ActivityWords } from '../activity.tsx'
import { Field, Mistakes, PasskeyInstead } from '../form.tsx'
import type { Page } from '../page.ts'
import { accountLayout } from './account-layout.tsx'
import { Day } from './day.tsx'
import { EmailSection, type EmailWords } from './email-section.tsx'
import { Passkeys, type PasskeyWords } from './passkeys.tsx'

export interface SessionWords {
  readonly id: string
  readonly device: string
  readonly network: string
  readonly createdAt: number
  readonly usedAt: number
  readonly isThis: boolean
}

/** What is wrong with each field, in words for the person. */
export interface SecurityMistakes {
  readonly password?: string
  readonly new_password?: string
  readonly passkey_password?: string
}

/** What was chosen beside the passwords, which are typed again. */
export interface PasswordChoices {
  readonly endApps: boolean
  readonly endPasskeys: boolean
}

interface Security {
  readonly page: Page
  readonly handle: string
  readonly email: EmailWords
  readonly sessions: readonly SessionWords[]
  readonly passkeys: readonly PasskeyWords[]
  /** The newest first. */
  readonly activity: readonly ActivityWords[]
  readonly mistakes: SecurityMistakes
  readonly chosen: PasswordChoices
  readonly done: string | null
  /** Whether they have just proven by a passkey that it is they. */
  readonly isProven: boolean
  readonly csrf: string
  readonly now: number
}

/** The page of what keeps an account safe. */
export function securityPage(security: Security): string {
  const { page, handle, email, passkeys, sessions, activity, mistakes, chosen, done, csrf, now } = security
  const { isProven } = security
  const hasPasskeys = passkeys.length > 0
  const found: Readonly<Record<string, string>> = { ...mistakes, ...email.mistakes }
  const wrong = Object.entries(found)
  return accountLayout({
    page,
    head: <script type="module" src={page.passkeyScript} />,
    tab: 'Security',
    done,
    hasMistakes: wrong.length > 0,
    children: (
      <>
        <Mistakes mistakes={wrong} />
        <section class="entry">
          <h2>Password</h2>
          <p>
            A new password signs you out in every other browser. Apps and passkeys stay, unless you end them
            too.
          </p>
          <form method="post" action="/account/password">
            <input type="hidden" name="csrf" value={csrf} />
            <input type="text" name="username" value={handle} autocomplete="username" hidden readonly />
            <Field
              name="password"
              label="Current password"
              kind="password"
              autocomplete="current-password"
              error={mistakes.password}
            />
            <Field
              name="new_password"
              label="New password"
              kind="newPassword"
              autocomplete="new-password"
              hint={passwordHint}
              error={mistakes.new_password}
            />
            <label class="choice">
              <input type="checkbox" name="end_apps" value="yes" checked={chosen.endApps} /> End the access of
              every app as well
            </label>
            <label class="choice">
              <input type="checkbox" name="end_passkeys" value="yes" checked={chosen.endPasskeys} /> Remove
              every passkey as well
            </label>
            <div class="stack">
              <button type="submit" class="primary">
                Change password
              </button>
              <PasskeyInstead isOffered={hasPasskeys} />
            </div>
          </form>
          {page.sendsMail && (
            <p>
              <a href="/reset-password?next=%2Faccount%2Fsecurity">Forgot your password?</a>
            </p>
          )}
        </section>
        <Passkeys
          handle={handle}
          passkeys={passkeys}
          mistake={mistakes.passkey_password}
          isProven={isProven}
          csrf={csrf}
          now={now}
        />
        <EmailSection email={email} sendsMail={page.sendsMail} hasPasskeys={hasPasskeys} csrf={csrf} />
        <section class="entry">
          <h2>Where you are signed in</h2>
          <p class="quiet">
            A sign-in lasts 30 days. Of the address only the first part is kept. Is one of these not yours?
            Sign it out, and change your password.
          </p>
          <ul class="entries">
            {sessions.map((session) => (
              <li key={session.id}>
                <Session session={session} csrf={csrf} now={now} />
              </li>
            ))}
          </ul>
          {sessions.length > 1 && (
            <form method="post" action="/account/sessions/end-others">
              <input type="hidden" name="csrf" value={csrf} />
              <button type="submit">Sign out everywhere else</button>
            </form>
          )}
        </section>
        {activity.length > 0 && (
          <section class="entry">
            <h2>Recent activity</h2>
            <p class="quiet">
              Is something of this not yours? Change your password, and end the access of every app with it.
            </p>
            <Activity entries={activity} now={now} />
          </section>
        )}
      </>
    ),
  })
}

function Session({ session, csrf, now }: { session: SessionWords; csrf: string; now: number }) {
  const { id, device, network, createdAt, usedAt, isThis } = session
  return (
    <div class="row">
      <div>
        <p>
          <strong>{device || 'A browser'}</strong>
          {isThis && ' (this one)'}
        </p>
        <p class="quiet">
          Last used <Day at={usedAt} now={now} />
          {network !== '' && ` from ${network}`}. Signed in <Day at={createdAt} now={now} />.
        </p>
      </div>
      {!isThis && (
        <form method="post" action="/account/sessions/end">
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="session" value={id} />
          <button type="submit">
            <span>
              Sign out<span class="aside"> {device}</span>
            </span>
          </button>
        </form>
      )}
    </div>
  )
}
