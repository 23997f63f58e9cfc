import type { Pool, PoolClient } from 'pg'
import { ofDriver } from './failure.ts'

/** Connections of a pool, without those that a network has forgotten. */
export interface Connections {
  take(): Promise<PoolClient>
  /**
   * Says what became of a statement that was sent at that time on `performance.now()`. When a network forgets connections nothing
   * ever arrives on them and nobody is told: once one was not answered in time, those that were open then are given up.
   */
  failed(error: unknown, sentAt: number): void
}

export function connectionsOf(pool: Pool): Connections {
  const openedAt = new WeakMap<PoolClient, number>()
  let trustedSince = Number.NEGATIVE_INFINITY
  pool.on('connect', (client) => openedAt.set(client, performance.now()))
  return {
    async take() {
      for (;;) {
        const client = await ofDriver(pool.connect())
        if ((openedAt.get(client) ?? 0) > trustedSince) return client
        client.release(true)
      }
    },
    failed(error, sentAt) {
      if (isUnanswered(error)) trustedSince = Math.max(trustedSince, sentAt)
    },
  }
}

/** Whether the driver has given up waiting. */
function isUnanswered(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && (cause.message === 'Query read timeout' || isUnanswered(cause))
}
