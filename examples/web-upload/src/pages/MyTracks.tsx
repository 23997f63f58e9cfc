import { useCallback } from 'react'
import { audius } from '../audius.ts'
import { Page } from '../shared/Page.tsx'
import { TrackList } from '../tracks/TrackList.tsx'
import type { LoadTracks } from '../tracks/track-list.ts'

/** What somebody has published, the newest first. */
export function MyTracks({ userId }: { userId: string }) {
  const load = useCallback<LoadTracks>(
    async (part, signal) => {
      const { data } = await audius.users.getTracksByUser({ id: userId, ...part }, { signal })
      return data
    },
    [userId],
  )
  return (
    <Page title="My tracks">
      <TrackList load={load}>
        <p>You have not published a track yet.</p>
        <a className="button primary" href="#/">
          Upload your first
        </a>
      </TrackList>
    </Page>
  )
}
