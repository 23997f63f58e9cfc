import { Field } from '../form.tsx'
import { Day } from './day.tsx'

export interface PasskeyWords {
  readonly id: string
  readonly device: string
  readonly createdAt: number
  readonly usedAt: number | null
}

interface Passkeys {
  readonly handle: string
  readonly passkeys: readonly PasskeyWords[]
  readonly mistake: string | undefined
  /** Whether no password is asked for. */
  readonly isProven: boolean
  readonly csrf: string
  readonly now: number
}

/** The passkeys of an account, and where a browser that can make one adds it. */
export function Passkeys({ handle, passkeys, mistake, isProven, csrf, now }: Passkeys) {
  return (
    <section class="entry" id="passkeys">
      <h2>Passkeys</h2>
      <p>
        A passkey signs you in with your device’s lock: finger, face or PIN. It cannot be guessed, and works
        on no site but this one. A password that is reset by mail removes them all.
      </p>
      {passkeys.length > 0 && (
        <ul class="entries">
          {passkeys.map((passkey) => (
            <li key={passkey.id} class="row">
              <div>
                <p>
                  <strong>{passkey.device}</strong>
                </p>
                <p class="quiet">
                  Added <Day at={passkey.createdAt} now={now} />,{' '}
                  {passkey.usedAt === null ? (
                    'not used yet'
                  ) : (
                    <>
                      last used <Day at={passkey.usedAt} now={now} />
                    </>
                  )}
                  .
                </p>
              </div>
              <form method="post" action="/account/passkeys/remove">
                <input type="hidden" name="csrf" value={csrf} />
                <input type="hidden" name="passkey" value={passkey.id} />
                <button type="submit">
                  <span>
                    Remove<span class="aside"> {passkey.device}</span>
                  </span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form
        method="post"
        action="/account/passkeys"
        data-passkey="create"
        data-options="/account/passkeys/options"
        hidden
      >
        <input type="hidden" name="csrf" value={csrf} />
        <input type="text" name="username" value={handle} autocomplete="username" hidden readonly />
        <input type="hidden" name="credential" />
        {isProven ? (
          <p>You have proven that it is you. Add your passkey within five minutes.</p>
        ) : (
          <Field
            id="passkey_password"
            name="password"
            label="Your password"
            kind="password"
            autocomplete="current-password"
            error={mistake}
          />
        )}
        <p class="wrong" role="alert" hidden />
        <div class="stack">
          <button type="submit">Add a passkey</button>
          {passkeys.length > 0 && !isProven && (
            <button type="submit" form="prove-by-passkey" name="proof" value="passkey">
              Use a passkey instead
            </button>
          )}
        </div>
      </form>
      <form id="prove-by-passkey" method="post" action="/account/passkeys/prove">
        <input type="hidden" name="csrf" value={csrf} />
      </form>
      <p class="quiet" data-without-passkeys>
        To add one, come back in a browser that has passkeys and runs this page’s script.
      </p>
    </section>
  )
}
