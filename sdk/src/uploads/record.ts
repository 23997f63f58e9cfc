import { isNumber, isText, jsonFields } from '../http/fields.ts'
import type { KeyValue } from '../platform/platform.ts'
import { challengeOf } from '../protocol/pkce.ts'
import { UPLOAD_LIFETIME } from './durations.ts'

/** Where an upload stands that was begun. */
export interface UploadPlace {
  /** The storage node. */
  readonly node: string
  /** The upload's own URL there. */
  readonly url: string
}

/** What is remembered of one upload, also when the page goes away. */
export interface UploadRecord {
  find(): UploadPlace | null
  keep(place: UploadPlace): void
  forget(): void
}

function placeIn(json: string | null): UploadPlace | null {
  const { node, url, createdAt } = jsonFields(json)
  if (!isText(node) || !isText(url) || !isNumber(createdAt)) return null
  return Math.abs(Date.now() - createdAt) < UPLOAD_LIFETIME ? { node, url } : null
}

/**
 * @param identity Whose file it is, and which; undefined when it would not be known again.
 */
export function uploadRecordOf(
  storage: KeyValue,
  app: string,
  identity: readonly unknown[] | undefined,
): UploadRecord {
  const prefix = `${app}:upload:`
  for (const key of storage.keys())
    if (key.startsWith(prefix) && !placeIn(storage.get(key))) storage.remove(key)
  let place: UploadPlace | null = null
  // A digest, as names of files are nobody's business who shares the device.
  const key = identity && prefix + challengeOf(encodeURIComponent(JSON.stringify(identity)))
  return {
    find: () => place ?? (key ? placeIn(storage.get(key)) : null),
    keep: (next) => {
      place = next
      if (key) storage.set(key, JSON.stringify({ ...next, createdAt: Date.now() }))
    },
    forget: () => {
      place = null
      if (key) storage.remove(key)
    },
  }
}
