import { type Placeholder, query, statement } from '../statement.ts'
import { all, one, type Verb } from '../transaction.ts'

const deleteFilesOf = statement((p: Placeholder<{ id: string }>) =>
  query.deleteFrom('upload_files').where('upload_id', '=', p('id')).returning('cid'),
)

const selectReference = statement((p: Placeholder<{ cid: string }>) =>
  query.selectFrom('upload_files').select('cid').where('cid', '=', p('cid')).limit(1),
)

/** Those of the CIDs that any upload holds. */
export function* findReferenced(cids: readonly string[]): Verb<readonly string[]> {
  const referenced: string[] = []
  for (const cid of cids) if ((yield* one(selectReference, { cid })) !== undefined) referenced.push(cid)
  return referenced
}

/** Takes an upload's files from it, and answers which CIDs no upload holds any more. */
export function* takeFiles(id: string): Verb<readonly string[]> {
  const rows = yield* all(deleteFilesOf, { id })
  const cids = [...new Set(rows.map(({ cid }) => cid))]
  const referenced = yield* findReferenced(cids)
  return cids.filter((cid) => !referenced.includes(cid))
}
