import type { Reply, Request } from '../../http/message.ts'
import { type Cell, csvOf } from '../../usage/csv.ts'
import type { Member } from '../session/member.ts'
import type { DeveloperDeps } from './developer-deps.ts'

/** A table to save. */
export interface Table {
  /** Of the file, without its ending. */
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Answers a table about an app as a CSV file, and notes in the audit log that it left. */
export async function csvFile(
  { name, columns, rows }: Table,
  apiKey: string,
  { session, cookies }: Member,
  request: Request,
  { store }: DeveloperDeps,
): Promise<Reply> {
  const userId = session.user.id
  // HEAD hands nothing out.
  if (request.method !== 'HEAD') await store.noteDownload({ userId, apiKey, detail: name })
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
    body: csvOf(columns, rows),
    cookies,
  }
}
