import type { Track } from '@stagedoor/sdk'
import { type FormEvent, useState } from 'react'
import { audius } from '../audius.ts'
import { Notice } from '../shared/Notice.tsx'
import { type Words, wordsFor } from '../shared/words.ts'
import { type Details, TrackFields } from './TrackFields.tsx'

interface EditTrackProps {
  readonly track: Track
  readonly onDone: (isChanged: boolean) => void
}

/** What its artist says of a track, to change. */
export function EditTrack({ track, onDone }: EditTrackProps) {
  const [details, setDetails] = useState<Details>({
    title: track.title,
    genre: track.genre,
    description: track.description ?? '',
    isUnlisted: track.isUnlisted,
  })
  const [isBusy, setBusy] = useState(false)
  const [words, setWords] = useState<Words>()

  async function save(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setWords(undefined)
    try {
      await audius.tracks.updateTrack({ trackId: track.id, metadata: details })
      onDone(true)
    } catch (problem) {
      setWords(wordsFor(problem, 'The track was not changed'))
      setBusy(false)
    }
  }

  return (
    <form className="panel" onSubmit={save}>
      <TrackFields details={details} isDisabled={isBusy} onChange={setDetails} />
      {words && <Notice words={words} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={isBusy}>
          Save changes
        </button>
        <button type="button" onClick={() => onDone(false)}>
          Cancel
        </button>
      </div>
    </form>
  )
}
