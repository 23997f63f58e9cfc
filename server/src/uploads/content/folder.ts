import { createReadStream, mkdirSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isCid } from './cid.ts'
import type { ContentStore } from './store.ts'

/** A content store that is a folder of folders, one for each CID; it is made when it is not there. */
export function openContentFolder(root: string): ContentStore {
  mkdirSync(root, { recursive: true })
  const turns = new Map<string, Promise<unknown>>()

  // Putting and removing of one CID take turns.
  function exclusive<T>(cid: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(cid) ?? Promise.resolve()).then(work, work)
    const ended = () => {
      if (turns.get(cid) === turn) turns.delete(cid)
    }
    turns.set(cid, turn)
    turn.then(ended, ended)
    return turn
  }

  async function size(cid: string, name: string): Promise<number | undefined> {
    if (!isCid(cid)) return undefined
    return (await found(stat(join(root, cid, name))))?.size
  }

  return {
    size,
    put: (cid, name, file) =>
      exclusive(cid, async () => {
        if ((await size(cid, name)) !== undefined) return rm(file, { force: true })
        await flush(file)
        await mkdir(join(root, cid), { recursive: true })
        await rename(file, join(root, cid, name))
        await flush(join(root, cid))
        await flush(root)
      }),
    read: (cid, name, start, end) => createReadStream(join(root, cid, name), { start, end }),
    remove: (cid, isHeld) =>
      exclusive(cid, async () => {
        if (isCid(cid) && !(await isHeld())) await rm(join(root, cid), { recursive: true, force: true })
      }),
    list: async () => (await readdir(root)).filter(isCid),
  }
}

/** Sees to it that a file, or a folder's entries, outlive a power cut. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What a promise of the file system answers; `undefined` when there is no such file. */
export async function found<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
