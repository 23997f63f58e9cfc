import { hash, verify } from '@node-rs/argon2'

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

/** Whether a password may be chosen: 8 to 128 characters. */
export const isAcceptablePassword = (password: string): boolean =>
  password.length >= 8 && password.length <= 128

/** Thrown when as many passwords wait to be worked on as the server takes. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy'
}

/** Hashes a password as argon2id in PHC format. @throws PasswordsBusy */
export const hashPassword = (password: string, asker: Asker = 'stranger'): Promise<string> =>
  inTurn(asker, () => hash(password, options))

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
  if (password.length > 128) return false
  const matches = await inTurn(asker, () => verify(passwordHash ?? decoy, password))
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
