import { Day } from '../account/day.tsx'
import { Field, Mistakes } from '../form.tsx'
import { memberLayout } from '../member-layout.tsx'
import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { CopyButton } from './copied.tsx'

/** A management token in the list of its owner. */
export interface ListedToken {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly expiresAt: number
  /** To the hour. */
  readonly usedAt: number | null
}

/** What the form of a new token holds, and what came of it. */
export interface TokenForm {
  readonly name: string
  readonly days: number
  /** What tells this form from every other. */
  readonly nonce: string
  readonly mistakes: { readonly name?: string; readonly days?: string }
  /** The token that was just made. */
  readonly made: MadeToken | 'shown before' | null
}

interface MadeToken {
  readonly name: string
  readonly text: string
  readonly expiresAt: number
}

interface Tokens {
  readonly page: Page
  readonly tokens: readonly ListedToken[]
  readonly form: TokenForm
  /** The lives to choose from, in days. */
  readonly lives: readonly number[]
  readonly done: string | null
  readonly csrf: string
  /** Milliseconds since the Unix epoch. */
  readonly now: number
}

/** The page of what one's own programs manage one's apps by. */
export function tokensPage({ page, tokens, form, lives, done, csrf, now }: Tokens): string {
  const { name, days, nonce, mistakes, made } = form
  const wrong = Object.entries(mistakes)
  return memberLayout({
    page,
    title: wrong.length > 0 ? 'Error: Management tokens' : 'Management tokens',
    room: 'developers',
    children: (
      <>
        <h1>Management tokens</h1>
        {done !== null && (
          <p class="done" role="status">
            {done}
          </p>
        )}
        <Mistakes mistakes={wrong} />
        {made === 'shown before' && (
          <p class="warning">
            This token was already shown, and is not shown again. If you did not copy it, revoke it and make
            another.
          </p>
        )}
        {made !== null && made !== 'shown before' && <Made made={made} now={now} />}
        <p>
          With a management token a program of yours, such as a deployment, registers, changes and deletes{' '}
          <a href="/developers">your apps</a>, and ends the access of apps to your account. It signs nobody
          in. <a href="/docs/api#createDeveloperApp">What it can call</a>
        </p>
        {tokens.length > 0 && (
          <ul class="entries">
            {tokens.map((token) => (
              <li key={token.id}>
                <Token token={token} csrf={csrf} now={now} />
              </li>
            ))}
          </ul>
        )}
        <section class="entry">
          <h2>Make a token</h2>
          <form method="post" action="/developers/tokens">
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="nonce" value={nonce} />
            <Field
              name="name"
              label="Name"
              kind="words"
              autocomplete="off"
              value={name}
              hint="What it is for, so that you know it again."
              error={mistakes.name}
            />
            <fieldset id="days" class="field">
              <legend>It works for</legend>
              {lives.map((life) => (
                <label key={life} class="choice">
                  <input type="radio" name="days" value={life} checked={life === days} required />
                  {life === 365 ? 'a year' : `${life} days`}
                </label>
              ))}
            </fieldset>
            <div class="stack">
              <button type="submit" class="primary">
                Make token
              </button>
            </div>
          </form>
        </section>
      </>
    ),
  })
}

function Made({ made, now }: { made: MadeToken; now: number }) {
  return (
    <>
      <p class="done" role="status">
        <Name text={made.name} /> is made, and works until <Day at={made.expiresAt} now={now} />. Copy it now:
        it is not shown again.
      </p>
      <p class="key">
        <code id="management-token">{made.text}</code>
        <CopyButton of="management-token" what="the token" />
      </p>
    </>
  )
}

function Token({ token, csrf, now }: { token: ListedToken; csrf: string; now: number }) {
  const { id, name, createdAt, expiresAt, usedAt } = token
  return (
    <div class="row">
      <div>
        <p>
          <strong>
            <Name text={name} />
          </strong>
        </p>
        <p class="quiet">
          Made <Day at={createdAt} now={now} />, works until <Day at={expiresAt} now={now} />.{' '}
          {usedAt === null ? (
            'Not used yet.'
          ) : (
            <>
              Last used <Hour at={usedAt} now={now} />.
            </>
          )}
        </p>
      </div>
      <form method="post" action="/developers/tokens/revoke">
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="token" value={id} />
        <button type="submit">
          <span>
            Revoke
            <span class="aside">
              {' '}
              <Name text={name} />
            </span>
          </span>
        </button>
      </form>
    </div>
  )
}

function Hour({ at, now }: { at: number; now: number }) {
  const hour = String(new Date(at).getUTCHours()).padStart(2, '0')
  return (
    <>
      <Day at={at} now={now} /> between {hour}:00 and {hour}:59 UTC
    </>
  )
}
