import { Type } from 'typebox'
import { refused } from '../errors/api.ts'
import type { TrackChange, TrackChanges } from '../store/contract/store.ts'
import { checkEmail } from './confirmed-email.ts'
import { fileFaults } from './file-faults.ts'
import { encodeId } from './ids.ts'
import { type ApiDeps, type Resource, resource, value } from './resource.ts'
import { trackJson } from './track.ts'
import { newTrack, newTrackBody, trackChanges, trackChangesBody } from './track-body.ts'
import { previewFor } from './track-preview.ts'
import { existing, viewerOf } from './track-reads.ts'
import { OneTrack } from './track-schema.ts'

/** Done to a track: its id in both places where clients look. */
export const Done = Type.Object({
  data: Type.Object({ track_id: Type.String() }),
  track_id: Type.String(),
  success: Type.Literal(true),
})

/** What `Done` describes. */
export const done = (trackId: number) => {
  const track_id = encodeId(trackId)
  return value({ data: { track_id }, track_id, success: true })
}

/** Publishing tracks, changing and deleting one's own. */
export const trackWrites: readonly Resource[] = [
  resource({
    method: 'POST',
    path: '/v1/tracks',
    name: 'createTrack',
    group: 'Tracks',
    summary: 'Publishes a track whose files are uploaded',
    access: 'write',
    body: newTrackBody,
    answer: Done,
    async respond({ caller, body }, deps) {
      const { user, apiKey } = caller
      const { store, clock } = deps
      checkEmail(user, deps)
      const { previewCid, ...rest } = newTrack(body)
      const asked = { ...rest, ...(previewCid !== null && { previewCid }) }
      const preview = await previewFor(asked, {}, user.id, deps)
      const creation = await store.createTrack({
        ...rest,
        previewCid: preview.previewCid ?? previewCid,
        userId: user.id,
        apiKey,
        now: clock(),
      })
      if (creation.outcome === 'refused') throw fileFaults(creation.faults)
      return done(creation.id)
    },
  }),
  resource({
    method: 'PUT',
    path: '/v1/tracks/{id}',
    name: 'updateTrack',
    group: 'Tracks',
    summary: 'Changes one’s own track; what is left out stays as it is',
    access: 'write',
    body: trackChangesBody,
    answer: OneTrack,
    async respond({ caller, path, body }, deps) {
      const change = await changeTrack(path.id, caller.user.id, trackChanges(body), deps)
      if (change.outcome === 'refused') throw fileFaults(change.faults)
      refuseUnlessOwn(change.outcome)
      const viewer = viewerOf(caller)
      return value({ data: trackJson(await existing(path.id, viewer, deps.store), viewer, deps.issuer) })
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/tracks/{id}',
    name: 'deleteTrack',
    group: 'Tracks',
    summary: 'Deletes one’s own track for good',
    access: 'write',
    answer: Done,
    async respond({ caller, path }, { store, clock }) {
      refuseUnlessOwn(await store.deleteTrack(path.id, caller.user.id, clock()))
      return done(path.id)
    },
  }),
]

// A preview is cut of the audio that the track plays, which may be another by the time it is written.
async function changeTrack(
  id: number,
  userId: number,
  changes: TrackChanges,
  deps: ApiDeps,
): Promise<TrackChange> {
  for (;;) {
    const before = await deps.store.findTrack(id, { viewerId: userId })
    const isOwn = before?.user.id === userId
    const preview = isOwn ? await previewFor(changes, before, userId, deps) : {}
    const change = await deps.store.updateTrack(id, userId, { ...changes, ...preview }, deps.clock())
    if (change.outcome !== 'overtaken') return change
  }
}

function refuseUnlessOwn(outcome: TrackChange['outcome'] | 'deleted'): void {
  if (outcome === 'unknown') throw refused.noSuch('track')
  if (outcome === 'foreign') throw refused.notOwner('a track')
}
