import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { create } from 'multiformats/hashes/digest'

const sha256 = 0x12
/** Bytes read at a time. */
const stride = 256 * 1024

/** The CID of a file's exact bytes: version 1, raw codec, sha2-256, in base32. */
export async function cidOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(file, 'r')
  try {
    // One buffer for all of it: those of a stream would pile up to tens of megabytes before they are collected.
    const buffer = new Uint8Array(stride)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, stride)
      if (bytesRead === 0) break
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
  return CID.createV1(raw.code, create(sha256, hash.digest())).toString()
}

/** The shape of such a CID, as a regular expression. */
export const cidPattern = '^bafkrei[a-z2-7]{52}$'

const shape = new RegExp(cidPattern)

/** Whether a text has that shape. */
export const isCid = (text: string): boolean => shape.test(text)
