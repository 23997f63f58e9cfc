import type { Bound } from '../http/proofs.ts'
import type { BrowserWindow } from './browser-window.ts'
import { es256, type ProofKeys } from './proof-keys.ts'

const DATABASE = 'stagedoor'
const KEYS = 'keys'

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Uses the keys of this origin. Rejects where IndexedDB is blocked, or not there. */
async function inStore<T>(
  { indexedDB }: BrowserWindow,
  mode: IDBTransactionMode,
  use: (keys: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  if (!indexedDB) throw new TypeError('There is no IndexedDB')
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(KEYS)
  const database = await settled(opening)
  try {
    return await settled(use(database.transaction(KEYS, mode).objectStore(KEYS)))
  } finally {
    database.close()
  }
}

/**
 * A key that no script can read out, kept in IndexedDB where the tabs of an app share it; where that is blocked, by this
 * page for as long as it stands.
 */
export function browserKeys(
  window: BrowserWindow,
  subtle: SubtleCrypto,
  name: string,
  bound: Bound,
): ProofKeys {
  const kept = (): Promise<CryptoKeyPair | undefined> =>
    inStore<CryptoKeyPair | undefined>(window, 'readonly', (keys) => keys.get(name)).catch(() => undefined)
  return {
    subtle,
    isShared: true,
    get: async () => (await kept()) ?? bound.pair ?? null,
    make: async () => {
      const made = await subtle.generateKey(es256, false, ['sign'])
      const add = inStore(window, 'readwrite', (keys) => keys.add(made, name))
      // Adding fails where another tab was first.
      const pair = await add.then(() => made, kept)
      if (!pair) bound.pair = made
      return pair ?? made
    },
  }
}
