import { hash, verify } from '@node-rs/argon2'

// OWASP's argon2id setting of 19 MiB and two passes: about 20 ms on a small server, paid on the thread pool.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Checked where there is no account, and made with the same options.
const decoy =
  '$argon2id$v=19$m=19456,t=2,p=1$9mxNN6VXGY0dXb34PDxYcg$YL1Lya7WxG4kUo0Ak0RRAkIUd2DIqeaunZICCrtECug'

// More checks at once would only queue for the thread pool and hold their memory meanwhile.
const maximumAtOnce = 16
let underWay = 0

/** Whether a password may be chosen: 8 to 128 characters. */
export const isAcceptablePassword = (password: string): boolean =>
  password.length >= 8 && password.length <= 128

/** Thrown when as many passwords are being checked as the server takes at once. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy'
}

/** Hashes a password as argon2id in PHC format. @throws PasswordsBusy */
export const hashPassword = (password: string): Promise<string> => oneOfFew(() => hash(password, options))

/**
 * Checks a password against a hash; without a hash it takes as long and answers false, so that time does not tell
 * which accounts exist.
 * @throws PasswordsBusy
 */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  if (password.length > 128) return false
  const matches = await oneOfFew(() => verify(passwordHash ?? decoy, password))
  return matches && passwordHash !== undefined
}

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= maximumAtOnce) throw new PasswordsBusy()
  underWay += 1
  try {
    return await work()
  } finally {
    underWay -= 1
  }
}
