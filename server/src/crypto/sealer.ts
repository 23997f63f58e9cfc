import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { Instant, SealingKey, Store } from '../store/contract/store.ts'
import type { Random } from './secret.ts'

/** What browsers carry for this server: none of it can be read, changed, or taken for another kind. */
export type SealedKind =
  | 'authorization request'
  | 'passkey challenge'
  | 'pushed request'
  | 'form token'
  | 'proof nonce'
  | 'explained request'
  | 'doctor'
  | 'shown once'

/** Encrypts by keys of this server, which are kept in its store and renewed (AES-256-GCM). */
export interface Sealer {
  seal(kind: SealedKind, text: string): Uint8Array
  /** What was sealed; undefined for anything else, and when its key is no longer kept. */
  unseal(kind: SealedKind, sealed: Uint8Array): string | undefined
  /** Makes another key when it is time, and takes over those that other servers have made. */
  renew(): Promise<void>
}

const version = 1
const algorithm = 'aes-256-gcm'
const [headerBytes, nonceBytes, tagBytes] = [5, 12, 16]

const day = 86_400_000
/** How long a key seals, and how long what it has sealed can be read, in milliseconds. */
const [sealsFor, kept] = [day, 8 * day]
/** How long another server may not know a new key, in milliseconds. */
const unknownFor = 3 * 60_000

/** Opens the sealer of an installation, whose first key is made now. */
export async function openSealer(deps: {
  readonly store: Pick<Store, 'sealingKeys'>
  readonly clock: () => Instant
  readonly random: Random
}): Promise<Sealer> {
  const { store, clock, random } = deps
  let keys: readonly [SealingKey, ...SealingKey[]]
  const derived = new Map<string, KeyObject>()
  /** When each became known here: the date of one that a halted process has added lies before anybody could read it. */
  let learnt: ReadonlyMap<number, Instant> = new Map()

  async function renew(): Promise<void> {
    const now = clock()
    const id = Buffer.from(random(4)).readUInt32BE()
    const fresh = { id, secret: Uint8Array.from(random(32)), createdAt: now }
    const [newest, ...others] = await store.sealingKeys(fresh, now - sealsFor, now - kept)
    keys = [newest ?? fresh, ...others]
    learnt = new Map(keys.map((key) => [key.id, learntAt(key, id)]))
    derived.clear()
  }

  function learntAt({ id, createdAt }: SealingKey, ownId: number): Instant {
    const wasThere = learnt.size === 0 && id !== ownId
    return learnt.get(id) ?? (wasThere ? createdAt : clock())
  }

  function keyFor(kind: SealedKind, { id, secret }: SealingKey): KeyObject {
    const name = `${id} ${kind}`
    const known = derived.get(name)
    if (known !== undefined) return known
    const key = createSecretKey(new Uint8Array(hkdfSync('sha256', secret, '', `stagedoor ${kind}`, 32)))
    derived.set(name, key)
    return key
  }

  await renew()
  return {
    renew,
    seal(kind, text) {
      const before = clock() - unknownFor
      const knownToAll = keys.find(({ id }) => (learnt.get(id) ?? before) <= before)
      const key = knownToAll ?? keys[keys.length - 1] ?? keys[0]
      const header = Buffer.alloc(headerBytes)
      header.writeUInt8(version)
      header.writeUInt32BE(key.id, 1)
      const nonce = random(nonceBytes)
      const cipher = createCipheriv(algorithm, keyFor(kind, key), nonce, { authTagLength: tagBytes })
      cipher.setAAD(header)
      return Buffer.concat([header, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    unseal(kind, sealed) {
      const bytes = Buffer.from(sealed)
      if (bytes.length < headerBytes + nonceBytes + tagBytes || bytes[0] !== version) return undefined
      const id = bytes.readUInt32BE(1)
      const key = keys.find((each) => each.id === id)
      if (key === undefined) return undefined
      const [header, rest] = [bytes.subarray(0, headerBytes), bytes.subarray(headerBytes)]
      const nonce = rest.subarray(0, nonceBytes)
      const decipher = createDecipheriv(algorithm, keyFor(kind, key), nonce, { authTagLength: tagBytes })
      decipher.setAAD(header).setAuthTag(rest.subarray(-tagBytes))
      try {
        const text = decipher.update(rest.subarray(nonceBytes, -tagBytes))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
