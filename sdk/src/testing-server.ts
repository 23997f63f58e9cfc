import type { Client } from './client.ts'
import { failure } from './errors.ts'
import type { User } from './resources.ts'

/** What the server of a fake is and does, as a test has set it. */
export interface FakeServer {
  user: User
  isReachable: boolean
  /** Whether it has ended every session. */
  hasEnded: boolean
  /** How many tokens it has issued. */
  issued: number
}

/** The server's end of the wire, without the wire. */
export function clientOf(server: FakeServer): Client {
  const reach = () => {
    if (!server.isReachable) throw failure('unreachable')
  }
  return {
    token: async ({ grant_type }) => {
      reach()
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
    revoke: async () => reach(),
    request: async () => {
      reach()
      return {}
    },
  }
}

/** Somebody to be logged in as. */
export function userOf(user: Partial<User>): User {
  const isVerified = user.verified ?? user.isVerified ?? false
  return {
    id: 'x7Yz2',
    userId: 7,
    name: 'Ada',
    handle: 'ada',
    followerCount: 0,
    followeeCount: 0,
    trackCount: 0,
    playlistCount: 0,
    ...user,
    verified: isVerified,
    isVerified,
  }
}
