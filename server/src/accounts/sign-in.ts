import type { Store, User } from '../store/store.ts'
import { isPassword } from './password.ts'

/**
 * Finds the user of a handle or e-mail and password; `undefined` when they do not match, in the same time whether or
 * not there is such an account.
 * @throws PasswordsBusy
 */
export async function checkCredentials(
  login: string,
  password: string,
  store: Store,
): Promise<User | undefined> {
  const found = await store.findCredentials(login.trim().replace(/^@/, ''))
  const matches = await isPassword(password, found?.passwordHash)
  return matches && found !== undefined && found.user.disabledAt === null ? found.user : undefined
}
