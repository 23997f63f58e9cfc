import type { Track } from '@stagedoor/sdk'
import type { ReactNode } from 'react'
import { trackHref } from '../route.ts'
import { Notice } from '../shared/Notice.tsx'
import { wordsFor } from '../shared/words.ts'
import { Artist } from './Artist.tsx'
import { Cover } from './Cover.tsx'
import { clock } from './clock.ts'
import { type LoadTracks, useTrackList } from './track-list.ts'

interface TrackListProps {
  /** The same until the list is another. */
  readonly load: LoadTracks
  /** What stands in place of an empty list. */
  readonly children: ReactNode
}

/** Tracks one below the other, each leading to its page. */
export function TrackList({ load, children }: TrackListProps) {
  const { tracks, status, loadMore } = useTrackList(load)
  if (status === 'complete' && tracks.length === 0) return <div className="panel">{children}</div>
  return (
    <>
      {tracks.length > 0 && (
        <ul className="tracks">
          {tracks.map((track) => (
            <li key={track.id}>
              <Row track={track} />
            </li>
          ))}
        </ul>
      )}
      {status === 'loading' && (
        <p className="quiet late" role="status">
          Loading tracks …
        </p>
      )}
      {status === 'more' && (
        <button type="button" onClick={loadMore}>
          Show more
        </button>
      )}
      {typeof status === 'object' && (
        <Notice words={wordsFor(status.problem, 'The tracks did not load')}>
          <button type="button" onClick={loadMore}>
            Try again
          </button>
        </Notice>
      )}
    </>
  )
}

function Row({ track }: { track: Track }) {
  return (
    <a className="track" href={trackHref(track.id)}>
      <Cover track={track} size="150x150" />
      <span className="what">
        <b>{track.title}</b>
        <Artist user={track.user} />
      </span>
      {track.isUnlisted && <span className="tag">Unlisted</span>}
      <span className="quiet">{clock(track.duration)}</span>
    </a>
  )
}
