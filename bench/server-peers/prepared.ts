import { createHash, randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'

/** What a server that is measured says once it is ready: where a login goes on. */
export interface Prepared {
  readonly clientId: string
  readonly redirectUri: string
  readonly tokenPath: string
  readonly profilePath: string
  /** Where a token is revoked (RFC 7009), of a server that revokes any. */
  readonly revokePath?: string
  /** Where a login by somebody new begins, and the status with which it leads on. */
  readonly authorize?: { readonly path: string; readonly status: number }
  /** What a browser sends to sign in with a right password, of a server that has passwords here. */
  readonly signIn?: { readonly path: string; readonly json: string }
  /** A token that the profile is asked for with, where one of those logins does not do. */
  readonly accessToken?: string
}

/** A secret of one login, and what is told of it at the beginning (RFC 7636 §4). */
export interface Proof {
  readonly codeVerifier: string
  readonly codeChallenge: string
}

export const redirectUri = 'https://app.example/cb'

/** A proof for one login, as each login of an app has its own. */
export function newProof(): Proof {
  const codeVerifier = randomBytes(32).toString('base64url')
  return { codeVerifier, codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url') }
}

/** Fewer logins than these are of no use, however long they take. */
export const leastLogins = 128

/** What the bench asks a server for, by its environment. */
export const asked = {
  port: Number(process.env['PORT']),
  folder: process.env['DATA_DIR'] ?? '',
  /** Whether it keeps what it writes in memory, as its documentation begins with. */
  inMemory: process.env['IN_MEMORY'] === 'true',
}

/**
 * Says that the server listens, and from then on answers each line that it reads, a number of logins and of milliseconds, with
 * the codes of as many logins, or of fewer in that time: some live for a minute only.
 * @param mint gets to the code of a login that nobody has to be asked about
 */
export async function ready(
  prepared: Prepared,
  mint: (codeChallenge: string) => Promise<string>,
): Promise<void> {
  const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
  say(prepared)
  for await (const line of createInterface(process.stdin)) {
    const [count = 0, milliseconds = 0] = line.split(' ').map(Number)
    const end = performance.now() + milliseconds
    const logins: { code: string; codeVerifier: string }[] = []
    while (logins.length < count && (logins.length < leastLogins || performance.now() < end)) {
      const { codeVerifier, codeChallenge } = newProof()
      logins.push({ code: await mint(codeChallenge), codeVerifier })
    }
    say(logins)
  }
}
