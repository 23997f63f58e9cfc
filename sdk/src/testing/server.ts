import { readAnswer } from '../api/answers.ts'
import type { CurrentUser } from '../api/current-user.ts'
import { failure } from '../errors/errors.ts'
import { answered, type Client } from '../http/client.ts'
import { credentials } from '../http/proofs.ts'

/** What the server of a fake is and does, as a test has set it. */
export interface FakeServer {
  user: CurrentUser
  isReachable: boolean
  /** Whether it has ended every session. */
  hasEnded: boolean
  /** How many tokens it has issued. */
  issued: number
}

/** Throws `unreachable` while the server is. */
export function reach({ isReachable }: FakeServer): void {
  if (!isReachable) throw failure('unreachable')
}

/** The server's end of the wire, without the wire. */
export function clientOf(
  base: string,
  server: FakeServer,
  respond: (request: Request) => Promise<Response>,
): Client {
  return {
    token: async ({ grant_type }) => {
      reach(server)
      if (grant_type === 'authorization_code') server.hasEnded = false
      if (server.hasEnded) throw failure('invalid_grant')
      server.issued += 1
      return {
        accessToken: `access-${server.issued}`,
        refreshToken: `refresh-${server.issued}`,
        expiresIn: 3600,
        refreshExpiresIn: undefined,
      }
    },
    revoke: async () => reach(server),
    request: async (path, init, refusal, accessToken) => {
      reach(server)
      const url = base + path
      const shown = await credentials(undefined, { method: init.method, url, accessToken })
      const request = new Request(url, { ...init, headers: { ...init.headers, ...shown } })
      const response = await respond(request)
      return answered({ response, body: await response.text() }, refusal)
    },
  }
}

/** Somebody to be logged in as. */
export function userOf(user: Partial<CurrentUser>): CurrentUser {
  const isVerified = user.verified ?? user.isVerified ?? false
  const somebody = readAnswer('User', { id: 'x7Yz2', name: 'Ada', handle: 'ada' })
  return { ...somebody, userId: 7, ...user, verified: isVerified, isVerified }
}
