import { Type } from 'typebox'
import { refused } from '../errors/api.ts'
import { readWaveform, WaveformSchema } from '../uploads/content/waveform.ts'
import { type Resource, resource, value } from './resource.ts'
import { contentUrl } from './track.ts'
import { existing, viewerOf } from './track-reads.ts'

/** Hearing and keeping a track. */
export const trackAudio: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/tracks/{id}/stream',
    name: 'streamTrack',
    group: 'Tracks',
    summary: 'Leads to the audio to play; with an access token, its user has listened to it',
    access: 'anyone',
    query: {
      no_redirect: Type.Optional(
        Type.Boolean({ description: 'true or false: answer the URL instead of going there' }),
      ),
    },
    answer: Type.Object({ data: Type.String() }),
    beside: 'redirect',
    async respond({ caller, path, query, isHead }, { store, issuer, clock }) {
      const { id, trackCid } = await existing(path.id, viewerOf(caller), store)
      if (caller !== null && !isHead) await store.noteListening(caller.user.id, id, clock())
      const location = contentUrl(trackCid, issuer)
      return query.no_redirect === true ? value({ data: location }) : { kind: 'redirect', location }
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/tracks/{id}/waveform',
    name: 'getTrackWaveform',
    group: 'Tracks',
    summary: 'How loud it is from beginning to end, to draw it',
    access: 'anyone',
    answer: Type.Object({ data: WaveformSchema }),
    async respond({ caller, path }, { store, content }) {
      const { trackCid } = await existing(path.id, viewerOf(caller), store)
      const waveform = await readWaveform(trackCid, content)
      if (waveform === undefined) throw refused.noWaveform()
      return value({ data: waveform })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/tracks/{id}/download',
    name: 'downloadTrack',
    group: 'Tracks',
    summary: 'The original file under its name, where the artist offers it',
    access: 'anyone',
    answer: null,
    beside: 'attachment',
    async respond({ caller, path }, { store }) {
      const track = await existing(path.id, viewerOf(caller), store)
      if (!track.isDownloadable) throw refused.notDownloadable()
      const cid = track.origFileCid ?? track.trackCid
      return { kind: 'attachment', cid, filename: track.origFilename ?? track.title }
    },
  }),
]
