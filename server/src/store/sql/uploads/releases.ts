import type { ExpressionBuilder } from 'kysely'
import type { Instant } from '../../contract/store.ts'
import type { Schema } from '../schema.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'

/** How long what was published may be published again before it is swept, in milliseconds. */
const releasedTtlMs = 60 * 60 * 1000

type Of = ExpressionBuilder<Schema, 'uploads'>

const trackThatStandsOn = (of: Of) =>
  of
    .selectFrom('upload_files as its')
    .innerJoin('tracks', 'tracks.user_id', 'uploads.user_id')
    .select('tracks.id')
    .whereRef('its.upload_id', '=', 'uploads.id')
    .where('tracks.deleted_at', 'is', null)
    .where((is) =>
      is.or([
        is('its.cid', '=', is.ref('tracks.track_cid')),
        is('its.cid', '=', is.ref('tracks.orig_file_cid')),
        is('its.cid', '=', is.ref('tracks.preview_cid')),
        is('its.cid', '=', is.ref('tracks.cover_art')),
      ]),
    )

const profileThatStandsOn = (of: Of) =>
  of
    .selectFrom('upload_files as its')
    .innerJoin('users', 'users.id', 'uploads.user_id')
    .select('users.id')
    .whereRef('its.upload_id', '=', 'uploads.id')
    .where((is) =>
      is.or([
        is('its.cid', '=', is.ref('users.profile_picture')),
        is('its.cid', '=', is.ref('users.cover_photo')),
      ]),
    )

const appThatStandsOn = (of: Of) =>
  of
    .selectFrom('upload_files as its')
    .innerJoin('apps', 'apps.owner_id', 'uploads.user_id')
    .select('apps.api_key')
    .whereRef('its.upload_id', '=', 'uploads.id')
    .where('apps.deleted_at', 'is', null)
    .whereRef('its.cid', '=', 'apps.logo')

// A preview that was cut of what is there can be cut again.
const hasOwnFiles = (of: Of) =>
  of
    .selectFrom('upload_files as its')
    .select('its.upload_id')
    .whereRef('its.upload_id', '=', 'uploads.id')
    .where('its.role', '<>', 'preview')

const playlistThatStandsOn = (of: Of) =>
  of
    .selectFrom('upload_files as its')
    .innerJoin('playlists', 'playlists.cover_art', 'its.cid')
    .select('playlists.id')
    .whereRef('its.upload_id', '=', 'uploads.id')
    .whereRef('playlists.user_id', '=', 'uploads.user_id')
    .where('playlists.deleted_at', 'is', null)

const releaseUploads = statement((p: Placeholder<{ cid: string; now: Instant }>) =>
  query
    .updateTable('uploads')
    .set((set) => ({
      claimed_at: set.lit(null),
      released_at: p('now'),
      expires_at: set
        .case()
        .when(set.exists(hasOwnFiles(set)))
        // PostgreSQL takes a value for text when nothing beside it has a type.
        .then(set(p('now'), '+', set.lit(releasedTtlMs)))
        .else(p('now'))
        .end(),
    }))
    .where('claimed_at', 'is not', null)
    .where('id', 'in', (of) => of.selectFrom('upload_files').select('upload_id').where('cid', '=', p('cid')))
    .where((is) => is.not(is.exists(trackThatStandsOn(is))))
    .where((is) => is.not(is.exists(profileThatStandsOn(is))))
    .where((is) => is.not(is.exists(playlistThatStandsOn(is))))
    .where((is) => is.not(is.exists(appThatStandsOn(is)))),
)

/** Releases uploads that have one of these files, if nothing of their user refers to any of theirs any more. */
export function* release(cids: readonly (string | null)[], now: Instant): Verb<void> {
  for (const cid of new Set(cids)) if (cid !== null) yield* change(releaseUploads, { cid, now })
}
