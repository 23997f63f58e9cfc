import { passwordLength } from '../limits.ts'

/** Native code, which is loaded with the first password. */
const argon2 = () => import('@node-rs/argon2')

// OWASP's argon2id setting of 19 MiB and two passes: about 20 ms on a small server, paid on the thread pool.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Checked where there is no account, and made with the same options.
const decoy =
  '$argon2id$v=19$m=19456,t=2,p=1$9mxNN6VXGY0dXb34PDxYcg$YL1Lya7WxG4kUo0Ak0RRAkIUd2DIqeaunZICCrtECug'

/**
 * How many passwords are worked on at once, and how many may wait for it: those of strangers, and those in browsers that
 * have proven themselves, which strangers keep from nothing. Together they leave a thread of the pool to files.
 */
const places = {
  stranger: { atOnce: 2, waiting: 64 },
  known: { atOnce: 1, waiting: 64 },
}

/** Who has a password worked on. */
export type Asker = keyof typeof places

// A letter with its accents takes several UTF-16 units where it is decomposed.
const mostUnits = 16 * passwordLength.most

/** Thrown when as many passwords wait to be worked on as the server takes. */
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
export const hashPassword = (password: string, asker: Asker = 'stranger'): Promise<string> =>
  inTurn(asker, async () => (await argon2()).hash(opaqueString(password), options))

/**
 * Checks a password against a hash; without a hash it takes as long and answers false, so that time does not tell
 * which accounts exist.
 * @throws PasswordsBusy
 */
export async function isPassword(
  password: string,
  passwordHash: string | undefined,
  asker: Asker = 'stranger',
): Promise<boolean> {
  if (lengthOf(password) > passwordLength.most) return false
  const against = passwordHash ?? decoy
  const opaque = opaqueString(password)
  const matches =
    (await inTurn(asker, async () => (await argon2()).verify(against, opaque))) ||
    // Hashes of before were made of what was typed.
    (opaque !== password && (await inTurn(asker, async () => (await argon2()).verify(against, password))))
  return matches && passwordHash !== undefined
}

const lines: Readonly<Record<Asker, { underWay: number; readonly waiting: (() => void)[] }>> = {
  stranger: { underWay: 0, waiting: [] },
  known: { underWay: 0, waiting: [] },
}

async function inTurn<T>(asker: Asker, work: () => Promise<T>): Promise<T> {
  const line = lines[asker]
  const { atOnce, waiting } = places[asker]
  if (line.underWay < atOnce) line.underWay += 1
  else if (line.waiting.length >= waiting) throw new PasswordsBusy()
  // Whoever ends hands the place on.
  else await new Promise<void>((resolve) => line.waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = line.waiting.shift()
    if (next === undefined) line.underWay -= 1
    else next()
  }
}
