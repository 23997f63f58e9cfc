import { nameKey } from '../apps/display-name.ts'
import { isEmail } from '../apps/email-address.ts'
import { nameFault } from '../apps/name-fault.ts'
import type { Instant, NewUser, Store, User } from '../store/contract/store.ts'
import type { CommonPasswords } from './common-passwords.ts'
import { hashPassword } from './password.ts'
import { passwordProblem } from './password-rules.ts'

/** What a person types to open an account. */
export interface SignUpForm {
  readonly handle: string
  readonly name: string
  readonly email: string
  readonly password: string
}

/** What is wrong, by field, in words for the person. */
export type SignUpErrors = { readonly [Field in keyof SignUpForm]?: string }

// Paths of this server's own: a profile's address is its handle.
const reservedHandles = new Set(
  `account admin api assets audius button.min.js cancel consent content create.tgz dev developers device
    docs emulator favicon.ico favicon.svg files health_check healthz help home llms.txt login logout mcp
    metrics plans readyz reauthenticate robots.txt root sdk sdk.min.js sdk.tgz search security settings
    support system uploads v1`.split(/\s+/),
)

export interface SignUpDeps {
  readonly store: Store
  readonly clock: () => Instant
  /** This server's own name, which no handle may take. */
  readonly brand: string
  readonly commonPasswords: CommonPasswords
}

/**
 * Opens an account, or says what to change.
 * @param standing whether it is verified, its picture, and what it claims of its address
 * @throws PasswordsBusy
 */
export async function signUp(
  form: SignUpForm,
  standing: Pick<NewUser, 'isVerified' | 'profilePicture' | 'emailClaim'>,
  deps: SignUpDeps,
  hashed: (password: string) => Promise<string> = hashPassword,
): Promise<
  { readonly user: User } | { readonly errors: SignUpErrors; readonly taken: 'handle' | 'email' | null }
> {
  const errors = signUpErrors(form, deps)
  if (Object.keys(errors).length > 0) return { errors, taken: null }
  const creation = await deps.store.createUser({
    handle: form.handle,
    name: form.name.trim().normalize('NFC'),
    email: form.email.trim().normalize('NFC'),
    passwordHash: await hashed(form.password),
    now: deps.clock(),
    ...standing,
  })
  if (creation.outcome === 'created') return { user: creation.user }
  return {
    taken: creation.field,
    errors:
      creation.field === 'handle'
        ? { handle: 'This handle is taken. Choose another.' }
        : { email: 'There is an account with this email. Sign in instead.' },
  }
}

function signUpErrors(form: SignUpForm, { brand, commonPasswords }: SignUpDeps): SignUpErrors {
  const { handle, name, email, password } = form
  const brokenName = nameFault(name.trim())
  const [isHandle, isAddress] = [/^[a-z0-9_.]{3,30}$/i.test(handle), isEmail(email.trim())]
  const isOurs = isHandle && (reservedHandles.has(handle.toLowerCase()) || nameKey(handle) === nameKey(brand))
  // What is none may be of any length, and a password is compared with each part of it.
  const whose = {
    ...{ handle: isHandle ? handle : '', name: brokenName === undefined ? name : '' },
    ...{ email: isAddress ? email : '', brand },
  }
  const weakness = passwordProblem(password, whose, commonPasswords)
  return {
    ...(!isHandle && {
      handle: 'Use 3 to 30 letters a–z, digits, _ and . for your handle.',
    }),
    ...(isOurs && { handle: 'This handle is reserved. Choose another.' }),
    ...(brokenName !== undefined && { name: `Enter a name of 1 to 64 characters: this one ${brokenName}.` }),
    ...(!isAddress && { email: 'Enter an email address, such as you@example.com.' }),
    ...(weakness !== undefined && { password: weakness }),
  }
}
