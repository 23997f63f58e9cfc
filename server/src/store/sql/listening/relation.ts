import { sql } from 'kysely'
import type { Relation } from '../../contract/music.ts'
import { type Placeholder, query } from '../statement.ts'

type OfViewer = { viewerId: number | null }

const follows = (p: Placeholder<OfViewer>, viewer: 'follower_id' | 'followee_id', other: typeof viewer) =>
  query
    .selectFrom('follows as own')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where(`own.${viewer}`, '=', p('viewerId'))
    .where(`own.${other}`, '=', sql.ref<number>('users.id'))

/** The columns that say how a viewer and the user of a row are related. */
export const relationColumns = (p: Placeholder<OfViewer>) =>
  [
    follows(p, 'follower_id', 'followee_id').as('follows_of_viewer'),
    follows(p, 'followee_id', 'follower_id').as('follows_viewer'),
  ] as const

/** What `relationColumns` say. */
export const toRelation = (row: {
  readonly follows_of_viewer: number | null
  readonly follows_viewer: number | null
}): Relation => ({ isFollowed: row.follows_of_viewer === 1, isFollower: row.follows_viewer === 1 })
