import type { Session } from '../session/session.ts'

/** A session whose calls wait until it is ready. A logout does not: it beats whatever is under way. */
export function readySession(session: Session, ready: () => Promise<void>): Session {
  return {
    ...session,
    access: async () => {
      await ready()
      return session.access()
    },
    valid: async (ttl) => {
      await ready()
      return session.valid(ttl)
    },
    isAuthenticated: async () => {
      await ready()
      return session.isAuthenticated()
    },
    hasRefreshToken: async () => {
      await ready()
      return session.hasRefreshToken()
    },
    refresh: async () => {
      await ready()
      return session.refresh()
    },
  }
}
