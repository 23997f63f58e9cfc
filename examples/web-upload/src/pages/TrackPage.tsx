import { type ErrorCode, isStagedoorError, type Track } from '@stagedoor/sdk'
import { useState } from 'react'
import { Player } from '../player/Player.tsx'
import { Notice } from '../shared/Notice.tsx'
import { Page } from '../shared/Page.tsx'
import { wordsFor } from '../shared/words.ts'
import { AddToPlaylist } from '../tracks/AddToPlaylist.tsx'
import { Artist } from '../tracks/Artist.tsx'
import { Comments } from '../tracks/Comments.tsx'
import { Cover } from '../tracks/Cover.tsx'
import { DeleteTrack } from '../tracks/DeleteTrack.tsx'
import { EditTrack } from '../tracks/EditTrack.tsx'
import { RepostButton } from '../tracks/RepostButton.tsx'
import { SaveButton } from '../tracks/SaveButton.tsx'
import { useTrack } from '../tracks/track.ts'

const gone = {
  headline: 'There is no such track',
  advice: 'It was deleted, or the link is not complete.',
}

interface TrackPageProps {
  readonly trackId: string
  /** Who looks at it. */
  readonly userId: string
}

/** A track to hear and to save, and for its artist to change. */
export function TrackPage({ trackId, userId }: TrackPageProps) {
  const { loaded, problem, reload } = useTrack(trackId)
  const [isEditing, setEditing] = useState(false)

  if (!loaded)
    return (
      <Page title="Track">
        {problem === undefined ? (
          <p className="quiet late" role="status">
            Loading the track …
          </p>
        ) : (
          <Failure problem={problem} onRetry={reload} />
        )}
      </Page>
    )

  const { track, streamUrl } = loaded
  const isOwner = track.user.id === userId
  return (
    <Page title={track.title}>
      <div className="track-head">
        <Cover track={track} size="480x480" />
        <div>
          <Artist user={track.user} />
          <Facts track={track} />
          <div className="actions">
            <SaveButton track={track} />
            <RepostButton track={track} />
            {isOwner && !isEditing && (
              <button type="button" onClick={() => setEditing(true)}>
                Edit
              </button>
            )}
            {isOwner && <DeleteTrack track={track} />}
          </div>
        </div>
      </div>
      <Player trackId={track.id} url={streamUrl} seconds={track.duration} />
      {isEditing ? (
        <EditTrack
          track={track}
          onDone={(isChanged) => {
            setEditing(false)
            if (isChanged) reload()
          }}
        />
      ) : (
        track.description && <p className="description">{track.description}</p>
      )}
      <AddToPlaylist track={track} userId={userId} />
      <Comments trackId={track.id} />
    </Page>
  )
}

/** Codes of a track that is not there; an address that nobody has is refused as it stands. */
const missing: readonly ErrorCode[] = ['not_found', 'request_refused']

function Failure({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  if (isStagedoorError(problem) && missing.includes(problem.code)) return <Notice words={gone} />
  return (
    <Notice words={wordsFor(problem, 'The track did not load')}>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </Notice>
  )
}

function Facts({ track }: { track: Track }) {
  return (
    <p className="quiet facts">
      <span>{track.genre}</span>
      {track.bpm ? <span>{Math.round(track.bpm)} bpm</span> : null}
      {track.musicalKey && <span>{track.musicalKey}</span>}
      {track.isUnlisted && <span className="tag">Unlisted</span>}
    </p>
  )
}
