import type { Track } from '@stagedoor/sdk'
import { useState } from 'react'
import { audius } from '../audius.ts'
import { Notice } from '../shared/Notice.tsx'
import { type Words, wordsFor } from '../shared/words.ts'

/** Saves a track to the library, and takes it out. */
export function SaveButton({ track }: { track: Track }) {
  const [isSaved, setSaved] = useState(track.hasCurrentUserSaved)
  const [isBusy, setBusy] = useState(false)
  const [words, setWords] = useState<Words>()

  async function toggle() {
    if (isBusy) return
    setBusy(true)
    setWords(undefined)
    try {
      if (isSaved) await audius.tracks.unfavoriteTrack({ trackId: track.id })
      else await audius.tracks.favoriteTrack({ trackId: track.id })
      setSaved(!isSaved)
    } catch (problem) {
      setWords(wordsFor(problem, isSaved ? 'The track was not removed' : 'The track was not saved'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <button type="button" className={isSaved ? 'saved' : 'primary'} aria-busy={isBusy} onClick={toggle}>
        {isSaved ? 'Remove from library' : 'Save to library'}
      </button>
      {words && <Notice words={words} onDismiss={() => setWords(undefined)} />}
    </>
  )
}
