import { Avatar } from '../views/avatar.tsx'
import { ClientLine, ClientName } from '../views/client.tsx'
import { Buttons, CancelForm, Field, HiddenFields, within } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import type { Client, Hidden, Page, Person } from '../views/page.ts'

/** The one person whom an app asks for, and who is signed in in their place, by their handles. */
export interface AskedFor {
  readonly handle: string
  readonly other: string | null
}

interface SignIn {
  readonly page: Page
  readonly client: Client | null
  readonly hidden: Hidden
  /** The one person whom the app asks for; nothing where it asks for anybody. */
  readonly asked?: AskedFor | null
  readonly login: string
  readonly error: string | null
  /** Sample accounts to sign in as with one click; development only. */
  readonly picker: readonly Person[]
}

/** The page that asks for an account and its password. */
export function signInPage({ page, client, hidden, asked = null, login, error, picker }: SignIn): string {
  const wrong = error === null ? undefined : 'error'
  return layout({
    page,
    title: error === null ? 'Sign in' : 'Error: Sign in',
    head: <script type="module" src={page.passkeyScript} />,
    children: (
      <>
        <h1>Sign in</h1>
        {client && <ClientLine client={client} />}
        {client && asked && <OnlyFor client={client} asked={asked} />}
        {error !== null && (
          <p class="alert" role="alert" id="error">
            {error}
          </p>
        )}
        <form method="post" action="/sign-in">
          <HiddenFields hidden={hidden} />
          <Field
            name="login"
            label="Email or handle"
            kind="handle"
            autocomplete="username webauthn"
            value={login}
            describedBy={wrong}
            focus={login === ''}
          />
          <Field
            name="password"
            label="Password"
            kind="password"
            autocomplete="current-password"
            describedBy={wrong}
            focus={login !== ''}
          />
          <Buttons submit="Sign in" hidden={hidden}>
            <button type="submit" form="passkey" hidden>
              Sign in with a passkey
            </button>
          </Buttons>
        </form>
        <PasskeyForm hidden={hidden} />
        <CancelForm hidden={hidden} />
        {page.sendsMail && (
          <p class="after">
            <a href={within('/reset-password', hidden)}>Forgot your password?</a>
          </p>
        )}
        {asked === null && (
          <p class="after">
            New here? <a href={within('/sign-up', hidden)}>Sign up</a>
          </p>
        )}
        {picker.length > 0 && <Picker people={picker} hidden={hidden} />}
      </>
    ),
  })
}

// Any other account would only come back here.
function OnlyFor({ client, asked: { handle, other } }: { client: Client; asked: AskedFor }) {
  return (
    <p class={other === null ? 'quiet' : 'warning'}>
      {other !== null && (
        <>
          You are signed in as <bdi>@{other}</bdi>.{' '}
        </>
      )}
      <ClientName client={client} /> asks for <bdi>@{handle}</bdi> and nobody else. Sign in with that account,
      or cancel.
    </p>
  )
}

// Shown by the script, where the browser has passkeys.
function PasskeyForm({ hidden }: { hidden: Hidden }) {
  return (
    <form
      method="post"
      action="/sign-in/passkey"
      id="passkey"
      data-passkey="get"
      data-options="/sign-in/passkey/options"
      hidden
    >
      <HiddenFields hidden={hidden} />
      <input type="hidden" name="credential" />
      <p class="wrong" role="alert" hidden />
    </form>
  )
}

function Picker({ people, hidden }: { people: readonly Person[]; hidden: Hidden }) {
  return (
    <section class="picker" aria-labelledby="samples">
      <h2 id="samples">Sample accounts</h2>
      {people.map(({ handle, name, picture }) => (
        <form key={handle} method="post" action="/dev/sign-in">
          <HiddenFields hidden={hidden} />
          <input type="hidden" name="handle" value={handle} />
          <button type="submit">
            <Avatar url={picture} name={name} kind="person" />
            <span>
              Continue as <bdi>@{handle}</bdi>
            </span>
          </button>
        </form>
      ))}
    </section>
  )
}
