import type { Sealer } from '../../crypto/sealer.ts'
import type { Instant } from '../../store/contract/store.ts'

/** The nonces that proofs are made with (RFC 9449 §8): each holds the time it was made, sealed, so that none is stored. */
export interface Nonces {
  /** @param notBefore it counts as made then, should that be later than now */
  make(notBefore: Instant): string
  /** When one was made here or by another server of the installation; undefined for anything else. */
  madeAt(nonce: string): Instant | undefined
}

/** Nonces sealed by the keys of this installation, which are renewed. */
export function openNonces({
  sealer,
  clock,
}: {
  readonly sealer: Sealer
  readonly clock: () => Instant
}): Nonces {
  return {
    make(notBefore) {
      const time = Math.max(clock(), notBefore)
      return Buffer.from(sealer.seal('proof nonce', String(time))).toString('base64url')
    },
    madeAt(nonce) {
      const time = sealer.unseal('proof nonce', Buffer.from(nonce, 'base64url'))
      return time === undefined ? undefined : Number(time)
    },
  }
}
