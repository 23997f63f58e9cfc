import { address } from './clients.ts'
import { Connection, headerOf } from './connection.ts'
import type { Installed } from './stagedoor.ts'

/** How many are wanted, and in how many milliseconds beyond those that are needed. */
export interface Wanted {
  readonly count: number
  readonly least: number
  readonly milliseconds: number
}

const connections = 8

/**
 * Where beginnings of logins lead the person's browser, with what proves whose each is. They are asked for over a few kept
 * connections, which makes several times as many a second as `fetch` does.
 * @param more what each asks beyond the usual
 */
export async function redirects(
  { server, browser, authorize }: Installed,
  more: Readonly<Record<string, string>>,
  { count, least, milliseconds }: Wanted,
): Promise<{ readonly to: URL; readonly codeVerifier: string }[]> {
  const end = performance.now() + milliseconds
  const all: { to: URL; codeVerifier: string }[] = []
  let asked = 0
  const follow = async () => {
    const connection = new Connection(server.port)
    while (asked < count && (asked < least || performance.now() < end)) {
      asked += 1
      const { path, codeVerifier } = authorize('read', more)
      const answer = await connection.ask(browser.getting(path, address(asked)))
      const to = headerOf(answer, 'location')
      if (to === undefined) throw new Error(answer.head)
      all.push({ to: new URL(to, server.url), codeVerifier })
    }
    await connection.end()
  }
  await Promise.all(Array.from({ length: connections }, follow))
  return all
}
