import { hash, verify } from '@node-rs/argon2'
import { passwordLength } from '../limits.ts'

// OWASP's argon2id setting of 19 MiB and two passes: about 20 ms on a small server, paid on the thread pool.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Checked where there is no account, and made with the same options.
const decoy =
  '$argon2id$v=19$m=19456,t=2,p=1$9mxNN6VXGY0dXb34PDxYcg$YL1Lya7WxG4kUo0Ak0RRAkIUd2DIqeaunZICCrtECug'

// More checks at once would only queue for the thread pool and hold their memory meanwhile.
const maximumAtOnce = 16
let underWay = 0

// A letter with its accents takes several UTF-16 units where it is decomposed.
const mostUnits = 16 * passwordLength.most

/** Thrown when as many passwords are being checked as the server takes at once. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy'
}

/** A password as it is hashed and compared, however its device wrote it (RFC 8265 §4.2, OpaqueString). */
export const opaqueString = (password: string): string =>
  password
    .slice(0, mostUnits)
    .replace(/\p{Zs}/gu, ' ')
    .normalize('NFC')

/** How many characters a password has. */
export const lengthOf = (password: string): number => [...opaqueString(password)].length

/** Hashes a password as argon2id in PHC format. @throws PasswordsBusy */
export const hashPassword = (password: string): Promise<string> =>
  oneOfFew(() => hash(opaqueString(password), options))

/**
 * Checks a password against a hash; without a hash it takes as long and answers false, so that time does not tell
 * which accounts exist.
 * @throws PasswordsBusy
 */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  if (lengthOf(password) > passwordLength.most) return false
  const against = passwordHash ?? decoy
  const opaque = opaqueString(password)
  const matches =
    (await oneOfFew(() => verify(against, opaque))) ||
    // Hashes of before were made of what was typed.
    (opaque !== password && (await oneOfFew(() => verify(against, password))))
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
