import type { Reply } from '../../http/message.ts'
import { type Cell, csvOf } from '../../usage/csv.ts'
import type { Member } from '../session/member.ts'

/** Answers a table as a CSV file to save. */
export const csvFile = (
  name: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  { cookies }: Member,
): Reply => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
  },
  body: csvOf(columns, rows),
  cookies,
})
