import type { Track } from '@stagedoor/sdk'
import { useState } from 'react'
import { audius } from '../audius.ts'
import { Notice } from '../shared/Notice.tsx'
import { type Words, wordsFor } from '../shared/words.ts'

/** Reposts a track to one's followers, and takes that back. */
export function RepostButton({ track }: { track: Track }) {
  const [isReposted, setReposted] = useState(track.hasCurrentUserReposted)
  const [isBusy, setBusy] = useState(false)
  const [words, setWords] = useState<Words>()

  async function toggle() {
    if (isBusy) return
    setBusy(true)
    setWords(undefined)
    try {
      if (isReposted) await audius.tracks.unrepostTrack({ trackId: track.id })
      else await audius.tracks.repostTrack({ trackId: track.id })
      setReposted(!isReposted)
    } catch (problem) {
      setWords(wordsFor(problem, 'The repost did not change'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <button type="button" className={isReposted ? 'saved' : ''} aria-busy={isBusy} onClick={toggle}>
        {isReposted ? 'Undo repost' : 'Repost'}
      </button>
      {words && <Notice words={words} onDismiss={() => setWords(undefined)} />}
    </>
  )
}
