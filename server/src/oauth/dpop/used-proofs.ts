import { createHash } from 'node:crypto'
import type { Instant, Store } from '../../store/contract/store.ts'

/** The proofs that were used, for as long as each could be used again (RFC 9449 §11.1). */
export interface UsedProofs {
  /** Proofs that may have been made before this are not known to be unused. */
  readonly knownSince: Instant
  /** Records a proof; false where it was used before. */
  use(id: string): boolean | Promise<boolean>
}

/**
 * The proofs that any node of an installation has seen, each a row that is swept: what one took no other takes, and none has to be
 * new for a node that starts.
 * @param lifetime milliseconds for which a proof can be used
 */
export const sharedUsedProofs = (
  lifetime: number,
  clock: () => Instant,
  store: Pick<Store, 'useChallenge'>,
): UsedProofs => ({
  knownSince: 0,
  // A proof is a challenge that its client made and signed: it is good once, like those of passkeys.
  use: (id) =>
    store.useChallenge({
      digest: createHash('sha256').update(`proof ${id}`).digest(),
      expiresAt: clock() + lifetime,
    }),
})

/** How many a server remembers in each of two halves: some 30 MB. */
const mostProofs = 100_000

/**
 * Remembers the proofs that this process has seen, where it is the only one: a proof costs no row then, and one from before a restart
 * is asked to be made again. Where they are too many it forgets all and takes only proofs that
 * are made from then on, as it does when it starts: neither memory nor replays grow.
 * @param lifetime milliseconds for which a proof can be used
 */
export function openUsedProofs(lifetime: number, clock: () => Instant, most = mostProofs): UsedProofs {
  let knownSince = clock()
  let [younger, older] = [new Set<string>(), new Set<string>()]
  let youngerSince = knownSince

  // Whatever was seen before the younger half began could be used for one lifetime, which has passed.
  function turnOver(now: Instant): void {
    if (now < youngerSince + lifetime) return
    older = now >= youngerSince + 2 * lifetime ? new Set() : younger
    ;[younger, youngerSince] = [new Set(), now]
  }

  return {
    get knownSince() {
      return knownSince
    },
    use(id) {
      const now = clock()
      turnOver(now)
      if (younger.has(id) || older.has(id)) return false
      younger.add(id)
      if (younger.size < most) return true
      knownSince = now + 1
      ;[younger, older, youngerSince] = [new Set(), new Set(), now]
      return true
    },
  }
}
