import type { Instant } from '../../store/contract/store.ts'

/** The proofs that were used, for as long as each could be used again (RFC 9449 §11.1). */
export interface UsedProofs {
  /** Proofs that may have been made before this are not known to be unused. */
  readonly knownSince: Instant
  /** Records a proof; false where it was used before. */
  use(id: string): boolean
}

/** How many a server remembers in each of two halves: some 30 MB. */
const mostProofs = 100_000

/**
 * Remembers the proofs that this process has seen. Where they are too many it forgets all and takes only proofs that
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
