import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Reads one size of an image of the content store; `undefined` when there is none. */
export type ReadContent = (cid: string, file: string) => Promise<Uint8Array | undefined>

const cidShape = /^bafkrei[a-z2-7]{52}$/
const sizes = new Set(['150x150.jpg', '480x480.jpg', '1000x1000.jpg'])

/** Opens a content store that is a folder of folders, one for each CID. */
export function openContent(root: string): ReadContent {
  return async (cid, file) => {
    if (!cidShape.test(cid) || !sizes.has(file)) return undefined
    try {
      return await readFile(join(root, cid, file))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  }
}
