import type { StagedoorError } from '../errors/errors.ts'
import type { LoginOptions } from '../protocol/authorization-request.ts'
import type { Account } from './account.ts'
import type { Profile } from './profile.ts'

/** What the button shows, and what a press of it does. */
export interface View {
  readonly name: 'checking' | 'signed-out' | 'busy' | 'signed-in' | 'error'
  readonly label: string
  readonly words: string
  readonly press: () => unknown
}

const nothing = () => {}

/** An error in the words of its hint, and what to do about it. */
export const failedView = ({ hint }: StagedoorError, press: View['press']): View => ({
  name: 'error',
  label: 'Try again',
  words: hint,
  press,
})

/** What there is to show of an account. `login` is how this button logs in. */
export function viewOf(
  { status, isLoggingIn, error, logout }: Account,
  profile: Profile,
  login: (options?: LoginOptions) => unknown,
): View {
  if (isLoggingIn)
    return { name: 'busy', label: 'Logging in …', words: 'Log in in the other window.', press: () => login() }
  if (error?.code === 'popup_blocked')
    return {
      name: 'error',
      label: 'Go on without a popup',
      words: 'The browser blocked the login window.',
      press: () => login({ display: 'fullScreen' }),
    }
  const signOut: View = { name: 'signed-in', label: 'Sign out', words: '', press: logout }
  if (error && status !== 'signed-out' && status !== 'loading')
    return { ...signOut, name: 'error', words: error.hint }
  if (error) return failedView(error, () => login())
  if (status === 'signed-out')
    return { name: 'signed-out', label: 'Log in with Audius', words: '', press: () => login() }
  if (profile.user) return { ...signOut, words: `Signed in as ${profile.user.name}` }
  if (profile.error) return failedView(profile.error, profile.reload)
  return { name: 'checking', label: 'One moment …', words: '', press: nothing }
}
