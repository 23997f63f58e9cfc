import type { Track } from '@stagedoor/sdk'
import { useRef, useState } from 'react'
import { audius } from '../audius.ts'
import { Notice } from '../shared/Notice.tsx'
import { type Words, wordsFor } from '../shared/words.ts'

/** Deletes a track, after asking. */
export function DeleteTrack({ track }: { track: Track }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [words, setWords] = useState<Words>()

  async function remove() {
    setBusy(true)
    setWords(undefined)
    try {
      await audius.tracks.deleteTrack({ trackId: track.id })
      location.hash = '#/tracks'
    } catch (problem) {
      setWords(wordsFor(problem, 'The track was not deleted'))
      setBusy(false)
    }
  }

  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Delete
      </button>
      <dialog ref={dialog} aria-labelledby="delete-question">
        <h2 id="delete-question">Delete “{track.title}”?</h2>
        <p>It goes from every library. This cannot be undone.</p>
        {words && <Notice words={words} />}
        <div className="actions">
          <button type="button" className="bad" disabled={isBusy} onClick={remove}>
            Delete the track
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Keep it
          </button>
        </div>
      </dialog>
    </>
  )
}
