import type { Instant, UploadPart } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, type Verb } from '../transaction.ts'

/** Where the bytes of an upload lie that any node may take on. */
export const partTables = `
  ALTER TABLE uploads ADD COLUMN received INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE uploads ADD COLUMN writer TEXT;
  ALTER TABLE uploads ADD COLUMN writer_until INTEGER;
  CREATE TABLE upload_parts (
    upload_id TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (upload_id, start)
  ) STRICT, WITHOUT ROWID;
`

type Part = Pick<UploadPart, keyof UploadPart>

const hold = statement((p: Placeholder<{ id: string; writer: string; now: Instant; until: Instant }>) =>
  query
    .updateTable('uploads')
    .set({ writer: p('writer'), writer_until: p('until') })
    .where('id', '=', p('id'))
    .where((is) => is.or([is('writer', 'is', null), is('writer_until', '<=', p('now'))])),
)

const prolong = statement((p: Placeholder<{ id: string; writer: string; until: Instant }>) =>
  query
    .updateTable('uploads')
    .set({ writer_until: p('until') })
    .where('id', '=', p('id'))
    .where('writer', '=', p('writer')),
)

const release = statement((p: Placeholder<{ id: string; writer: string }>) =>
  query
    .updateTable('uploads')
    .set({ writer: null })
    .where('id', '=', p('id'))
    .where('writer', '=', p('writer')),
)

const free = statement((p: Placeholder<{ id: string }>) =>
  query.updateTable('uploads').set({ writer: null }).where('id', '=', p('id')),
)

const advance = statement((p: Placeholder<{ id: string; writer: string; from: number; end: number }>) =>
  query
    .updateTable('uploads')
    .set({ received: p('end') })
    .where('id', '=', p('id'))
    .where('writer', '=', p('writer'))
    .where('received', '=', p('from'))
    .where('status', '=', 'receiving'),
)

const upsertPart = statement((p: Placeholder<Part & { id: string }>) =>
  query
    .insertInto('upload_parts')
    .values({ upload_id: p('id'), start: p('start'), bytes: p('bytes'), name: p('name') })
    .onConflict((conflict) =>
      conflict.columns(['upload_id', 'start']).doUpdateSet({ bytes: p('bytes'), name: p('name') }),
    ),
)

const queueWhole = statement((p: Placeholder<{ id: string }>) =>
  query
    .updateTable('uploads')
    .set({ status: 'new' })
    .where('id', '=', p('id'))
    .where('status', '=', 'receiving')
    .whereRef('received', '=', 'length'),
)

const selectParts = statement((p: Placeholder<{ id: string }>) =>
  query
    .selectFrom('upload_parts')
    .select(['start', 'bytes', 'name'])
    .where('upload_id', '=', p('id'))
    .orderBy('start'),
)

/** Takes an upload to write to it, unless somebody has it whose time is not over. */
export function* holdUpload(id: string, writer: string, now: Instant, until: Instant): Verb<boolean> {
  return (yield* change(hold, { id, writer, now, until })) > 0
}

/** Goes on holding an upload. */
export function* prolongUpload(id: string, writer: string, until: Instant): Verb<boolean> {
  return (yield* change(prolong, { id, writer, until })) > 0
}

/** Lets an upload go; whoever holds it where no writer is named. */
export function* freeUpload(id: string, writer?: string): Verb<void> {
  if (writer === undefined) yield* change(free, { id })
  else yield* change(release, { id, writer })
}

/** Records bytes that lie in the bucket, and queues the upload that is whole with them. */
export function* addPart(id: string, writer: string, from: number, part: UploadPart): Verb<boolean> {
  const end = part.start + part.bytes
  if ((yield* change(advance, { id, writer, from, end })) === 0) return false
  yield* change(upsertPart, { ...part, id })
  yield* change(queueWhole, { id })
  return true
}

/** The parts of an upload in their order. */
export function* listParts(id: string): Verb<readonly UploadPart[]> {
  return yield* all(selectParts, { id })
}
