import { Field } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import type { Page, Person } from '../views/page.ts'
import { PersonLine } from '../views/person.tsx'

interface Reauthentication {
  readonly page: Page
  readonly person: Person
  /** Where the form was sent. */
  readonly action: string
  /** What was filled in, by its names. */
  readonly fields: readonly (readonly [string, string])[]
  readonly csrf: string
  /** Whether it is asked after five minutes, or the person wants to use a passkey. */
  readonly why: 'due' | 'chosen'
  /** Why the last proof was none. */
  readonly error: string | null
}

/** The page that asks a person to prove once more that it is they, and then sends what they had filled in. */
export function reauthenticatePage(asked: Reauthentication): string {
  const { page, person, action, fields, csrf, why, error } = asked
  const kept = (
    <>
      <input type="hidden" name="csrf" value={csrf} />
      {fields.map(([name, value], index) => (
        <input key={`${index} ${name}`} type="hidden" name={name} value={value} />
      ))}
    </>
  )
  return layout({
    page,
    title: error === null ? 'Confirm that it is you' : 'Error: Confirm that it is you',
    head: <script type="module" src={page.passkeyScript} />,
    children: (
      <>
        <h1>Confirm that it is you</h1>
        <p>
          {why === 'due'
            ? 'This is asked again five minutes after you last proved it, so that nobody else can go on at your screen.'
            : 'Use a passkey, or your password after all.'}{' '}
          What you filled in is kept.
        </p>
        <PersonLine person={person} />
        {error !== null && (
          <p class="alert" role="alert" id="error">
            {error}
          </p>
        )}
        <form method="post" action={action}>
          {kept}
          <input type="text" name="username" value={person.handle} autocomplete="username" hidden readonly />
          <Field
            name="password"
            label="Password"
            kind="password"
            autocomplete="current-password"
            describedBy={error === null ? undefined : 'error'}
            focus
          />
          <div class="stack">
            <button type="submit" class="primary">
              Confirm
            </button>
            <button type="submit" form="passkey" hidden>
              Confirm with a passkey
            </button>
            <a class="button" href={action.startsWith('/account') ? '/account' : '/developers'}>
              Cancel
            </a>
          </div>
        </form>
        <form
          method="post"
          action={action}
          id="passkey"
          data-passkey="get"
          data-options="/reauthenticate/options"
          hidden
        >
          {kept}
          <input type="hidden" name="credential" />
          <p class="wrong" role="alert" hidden />
        </form>
      </>
    ),
  })
}
