import { createInterface } from 'node:readline'

/** What a server that is measured says once it is ready: where a login goes on. */
export interface Prepared {
  readonly clientId: string
  readonly redirectUri: string
  readonly codeVerifier: string
  readonly tokenPath: string
  readonly profilePath: string
  /** A token that the profile is asked for with, where one of those logins does not do. */
  readonly accessToken?: string
}

export const redirectUri = 'https://app.example/cb'
export const codeVerifier = `verifier-${'a'.repeat(43)}`
export const codeChallenge = Buffer.from(
  await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier)),
).toString('base64url')

/** What the bench asks a server for, by its environment. */
export const asked = {
  port: Number(process.env['PORT']),
  folder: process.env['DATA_DIR'] ?? '',
  /** Whether it keeps what it writes in memory, as its documentation begins with. */
  inMemory: process.env['IN_MEMORY'] === 'true',
}

/**
 * Says that the server listens, and from then on answers each number that it reads with the codes of as many logins:
 * some live for a minute only.
 * @param mint gets to the code of a login that nobody has to be asked about
 */
export async function ready(prepared: Prepared, mint: () => Promise<string>): Promise<void> {
  const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
  say(prepared)
  for await (const count of createInterface(process.stdin)) {
    const codes: string[] = []
    while (codes.length < Number(count)) codes.push(await mint())
    say(codes)
  }
}
