import { passwordHint } from '../../limits.ts'
import { ClientLine } from '../views/client.tsx'
import { Buttons, CancelForm, Field, HiddenFields, Mistakes, within } from '../views/form.tsx'
import { layout } from '../views/layout.tsx'
import type { Client, Hidden, Page } from '../views/page.ts'

interface SignUp {
  readonly page: Page
  readonly client: Client | null
  readonly hidden: Hidden
  readonly values: { readonly handle: string; readonly name: string; readonly email: string }
  readonly errors: SignUpErrors
}

/** What is wrong with each field, in words for the person. */
export interface SignUpErrors {
  readonly handle?: string
  readonly name?: string
  readonly email?: string
  readonly password?: string
}

/** The page that opens an account. */
export function signUpPage({ page, client, hidden, values, errors }: SignUp): string {
  const fields = (['handle', 'name', 'email', 'password'] as const).filter((name) => errors[name])
  return layout({
    page,
    title: fields.length === 0 ? 'Sign up' : 'Error: Sign up',
    children: (
      <>
        <h1>Sign up</h1>
        {client && <ClientLine client={client} />}
        <Mistakes mistakes={fields.map((name) => [name, errors[name] ?? ''])} />
        <form method="post" action="/sign-up">
          <HiddenFields hidden={hidden} />
          <Field
            name="handle"
            label="Handle"
            kind="handle"
            autocomplete="username"
            value={values.handle}
            hint="3 to 30 letters a–z, digits, _ and ."
            error={errors.handle}
            focus={fields.length === 0}
          />
          <Field
            name="name"
            label="Name"
            kind="words"
            autocomplete="name"
            value={values.name}
            hint="The name that others see."
            error={errors.name}
          />
          <Field
            name="email"
            label="Email"
            kind="email"
            autocomplete="email"
            value={values.email}
            hint="For signing in and getting back in. Apps do not see it."
            error={errors.email}
          />
          <Field
            name="password"
            label="Password"
            kind="newPassword"
            autocomplete="new-password"
            hint={passwordHint}
            error={errors.password}
          />
          <Buttons submit="Sign up" hidden={hidden} />
        </form>
        <CancelForm hidden={hidden} />
        <p class="after">
          Already have an account? <a href={within('/sign-in', hidden)}>Sign in</a>
        </p>
      </>
    ),
  })
}
