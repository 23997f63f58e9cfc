import { useCallback } from 'react'
import { audius } from '../audius.ts'
import { Page } from '../shared/Page.tsx'
import { TrackList } from '../tracks/TrackList.tsx'
import type { LoadTracks } from '../tracks/track-list.ts'

/** What somebody has saved, the latest first. */
export function Library({ userId }: { userId: string }) {
  const load = useCallback<LoadTracks>(
    async (part, signal) => {
      const { data } = await audius.users.getUserLibraryTracks({ id: userId, ...part }, { signal })
      return data.map(({ item }) => item)
    },
    [userId],
  )
  return (
    <Page title="Library">
      <TrackList load={load}>
        <p>Your library is empty. Open a track and press “Save to library” to find it here.</p>
        <a className="button" href="#/tracks">
          Go to my tracks
        </a>
      </TrackList>
    </Page>
  )
}
