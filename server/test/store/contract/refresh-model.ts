import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RefreshRotation } from '../../../src/store/contract/oauth.ts'
import type { Scope, Store } from '../../../src/store/contract/store.ts'
import { day, hour, logIn, rotation, second, start, works } from '../world.ts'

/** A refresh token as the rules see it. */
interface ModelToken {
  readonly rotation: { refresh: Uint8Array; access: Uint8Array }
  /** Whether the server has seen it, or its access token; the first of a login has no answer to be lost. */
  isSeen: boolean
  use?: { at: number; scope: Scope; successorSalt: Uint8Array; successor: ModelToken }
}

class ModelFamily {
  readonly scope: Scope
  readonly tokens: ModelToken[]
  isRevoked = false

  constructor(scope: Scope, first: ModelToken) {
    this.scope = scope
    this.tokens = [first]
  }

  rotate(token: ModelToken, asked: RefreshRotation): string {
    const scope = asked.scope ?? this.scope
    token.isSeen = true
    if (this.isRevoked) return 'refused revoked'
    if (asked.scope === 'write' && this.scope === 'read') return 'refused scope'
    if (!token.use) {
      const successor = {
        rotation: { refresh: asked.refresh.digest, access: asked.access.digest },
        isSeen: asked.graceMs === 0,
      }
      token.use = { at: asked.now, scope, successorSalt: asked.successorSalt, successor }
      this.tokens.push(successor)
      return `rotated ${scope}`
    }
    const isInWindow = asked.now < token.use.at + asked.graceMs
    const isExcusable = asked.graceMs > 0 && (isInWindow || !token.use.successor.isSeen)
    if (isExcusable && !token.use.successor.use) {
      return token.use.scope === scope ? `repeated ${scope}` : 'refused scope'
    }
    this.isRevoked = true
    return 'reused'
  }
}

/** Compares a store with an independent statement of the refresh rules. */
export function refreshModelContract(store: () => Store): void {
  const step = fc.record({
    token: fc.nat({ max: 3 }),
    scope: fc.constantFrom<(Scope | null)[]>(null, null, 'read', 'write'),
    elapsed: fc.integer({ min: -2, max: 15 }),
    graceMs: fc.constantFrom(10 * second, 10 * second, 10 * second, 0),
    doing: fc.constantFrom('refresh', 'refresh', 'refresh', 'refresh', 'call', 'call', 'revoke'),
  })

  test('any sequence of rotations and revocations does what the rules say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Scope[]>('read', 'write'),
        fc.array(step, { maxLength: 25 }),
        async (scope, steps) => {
          const first = await logIn(store(), { scope })
          const family = new ModelFamily(scope, { rotation: first, isSeen: true })
          let now = start + hour / 2
          for (const { token: back, scope: asked, elapsed, graceMs, doing } of steps) {
            now += elapsed * second
            const token = family.tokens.at(-1 - (back % family.tokens.length)) ?? family.tokens[0]
            if (!token) return
            if (doing === 'call') {
              const found = await store().findAccessToken(token.rotation.access, now)
              expect(found !== undefined).toBe(!family.isRevoked)
              token.isSeen = true
              continue
            }
            if (doing === 'revoke') {
              const revoked = await store().revokeToken(token.rotation.refresh, first.apiKey, now)
              expect(revoked !== undefined).toBe(!family.isRevoked)
              family.isRevoked = true
              continue
            }
            const next = rotation(
              { ...first, refresh: token.rotation.refresh },
              { now, scope: asked, graceMs },
            )
            const expected = family.rotate(token, next)
            const answer = await store().rotateRefresh(next)
            const detail =
              answer.outcome === 'refused' ? answer.reason : 'scope' in answer ? answer.scope : undefined
            expect([answer.outcome, detail].filter(Boolean).join(' ')).toBe(expected)
            if (answer.outcome === 'repeated') expect(answer.successorSalt).toEqual(token.use?.successorSalt)
          }
          for (const { rotation: tokens } of family.tokens) {
            const access = await store().findAccessToken(tokens.access, now)
            expect(access !== undefined).toBe(!family.isRevoked)
          }
          const newest = family.tokens.at(-1)
          if (!newest) return
          expect(await works(store(), { ...newest.rotation, apiKey: first.apiKey }, now + day)).toBe(
            !family.isRevoked,
          )
        },
      ),
      { numRuns: 100 },
    )
  })
}
