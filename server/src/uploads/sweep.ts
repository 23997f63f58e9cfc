import type { UploadDeps } from './deps.ts'

/** Uploads swept, and CIDs asked about, at a time. */
const batch = 500

/** Deletes from the content store what no upload holds any more. */
export async function forget(cids: readonly string[], { store, content }: UploadDeps): Promise<void> {
  for (const cid of cids)
    await content.remove(cid, async () => (await store.findReferenced([cid])).length > 0)
}

/** Deletes the uploads that have expired unclaimed, with their bytes. */
export async function sweepUploads(deps: UploadDeps): Promise<void> {
  for (;;) {
    const { ids, unreferenced } = await deps.store.sweepUploads(deps.clock(), batch)
    for (const id of ids) await deps.incoming.delete(id)
    await forget(unreferenced, deps)
    if (ids.length < batch) return
  }
}

/** Puts right what a crash can leave: files of nobody, and whole uploads that nobody was told are whole. */
export async function recover(deps: UploadDeps): Promise<void> {
  const { store, incoming, content, locks } = deps
  for (const id of await incoming.list()) {
    const upload = await store.findUpload(id)
    const isWaiting = upload?.status === 'new' || upload?.status === 'busy'
    if (upload?.status === 'receiving') {
      if (!locks.isHeld(id) && (await incoming.isWhole(upload))) await store.finishUpload(id)
    } else if (!isWaiting) await incoming.delete(id)
  }
  const cids = await content.list()
  for (let at = 0; at < cids.length; at += batch) {
    const some = cids.slice(at, at + batch)
    const referenced = new Set(await store.findReferenced(some))
    await forget(
      some.filter((cid) => !referenced.has(cid)),
      deps,
    )
  }
}
