import { statfs } from 'node:fs/promises'
import { refusedUpload } from '../errors/upload.ts'
import type { UploadDeps } from './deps.ts'

/** Refuses bytes that would leave less of this node's disk free than the rules say. @throws OAuthError 507 */
export async function checkSpace(bytes: number, { workshop, rules }: UploadDeps): Promise<void> {
  if ((await freeOn(workshop)) < bytes + rules.freeBytes) throw refusedUpload.diskFull()
}

/** Refuses bytes of a sender for which this node has no room. @throws OAuthError 507; 503 where another node may have it */
export async function checkRoom(bytes: number, { workshop, rules, incoming }: UploadDeps): Promise<void> {
  if ((await freeOn(workshop)) < incoming.needs(bytes, rules.freeBytes)) throw incoming.full()
}

/** Whether a sender's bytes would be taken now. */
export const hasRoom = (deps: UploadDeps): Promise<boolean> =>
  checkRoom(1, deps).then(
    () => true,
    () => false,
  )

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
