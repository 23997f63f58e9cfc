import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { create } from 'multiformats/hashes/digest'

const sha256 = 0x12

/** The CID of a file's exact bytes: version 1, raw codec, sha2-256, in base32. */
export async function cidOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return CID.createV1(raw.code, create(sha256, hash.digest())).toString()
}

/** The shape of such a CID, as a regular expression. */
export const cidPattern = '^bafkrei[a-z2-7]{52}$'

const shape = new RegExp(cidPattern)

/** Whether a text has that shape. */
export const isCid = (text: string): boolean => shape.test(text)
