import { createHmac, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { networkOf } from '../../http/ip-address.ts'
import type { Instant, Store } from '../../store/contract/store.ts'

/** Bytes after which audio counts as heard: ten seconds of what is made here. */
const heardBytes = 400_000
/** How many numbers stand for listeners: strangers add no more rows to a track than that. */
const listeners = 2 ** 20
// What stands for whom is nobody's to find out, and need not outlive the hour by much.
const secret = randomBytes(32)

interface PlayDeps {
  readonly store: Pick<Store, 'countPlay'>
  readonly clock: () => Instant
}

/**
 * Passes audio on, and counts it as played once enough of it was taken. A client that only says so, or that looks at a
 * file's head, is not counted.
 * @param size of the whole, which is heard when less than ten seconds are
 */
export function countingPlay(
  audio: Readable,
  { cid, size, address }: { readonly cid: string; readonly size: number; readonly address: string },
  { store, clock }: PlayDeps,
): Readable {
  const enough = Math.min(heardBytes, size)
  return Readable.from(
    (async function* () {
      let sent = 0
      for await (const chunk of audio) {
        const before = sent
        sent += chunk.length
        yield chunk
        // The count may fail; who listens goes on.
        if (before < enough && sent >= enough)
          store.countPlay(cid, listenerOf(address), clock()).catch(() => undefined)
      }
    })(),
    { objectMode: false },
  )
}

const listenerOf = (address: string): number =>
  createHmac('sha256', secret).update(networkOf(address)).digest().readUInt32BE() % listeners
