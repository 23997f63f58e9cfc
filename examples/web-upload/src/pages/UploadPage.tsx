import type { FormEvent } from 'react'
import { Notice } from '../shared/Notice.tsx'
import { Page } from '../shared/Page.tsx'
import { wordsFor } from '../shared/words.ts'
import { TrackFields } from '../tracks/TrackFields.tsx'
import { CoverPreview } from '../upload/CoverPreview.tsx'
import { useDrop } from '../upload/drop.ts'
import { FileSlot } from '../upload/FileSlot.tsx'
import type { NewTrack } from '../upload/new-track.ts'
import { RecordButton } from '../upload/RecordButton.tsx'

const isFree = (upload: NewTrack['audio'] | NewTrack['cover']) =>
  ['empty', 'interrupted', 'failed'].includes(upload.state.phase)

/** Two files and what is said of them, published as a track. */
export function UploadPage({ newTrack }: { newTrack: NewTrack }) {
  const { audio, cover, details, changeDetails, isPublishing, problem, publish } = newTrack
  const isOver = useDrop((file) => {
    const place = file.type.startsWith('image/') ? cover : audio
    if (isFree(place) && !isPublishing) place.choose(file)
  })
  const lacksAudio = isFree(audio)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!lacksAudio) publish()
  }

  return (
    <Page title="Upload a track">
      <form onSubmit={submit}>
        <FileSlot
          noun="audio"
          hint="MP3, WAV, FLAC, AIFF, Ogg, AAC, M4A or WebM, up to 500 MB. Or drop it here."
          accept="audio/*"
          isOver={isOver && isFree(audio)}
          upload={audio}
        />
        {isFree(audio) && <RecordButton onRecorded={audio.choose} />}
        <FileSlot
          noun="cover"
          hint="JPEG, PNG, WebP or AVIF, best a square of 1000 pixels or more. Or drop it here."
          accept="image/jpeg,image/png,image/webp,image/avif"
          isOver={isOver && isFree(cover)}
          upload={cover}
        >
          <CoverPreview file={cover.file} />
        </FileSlot>
        <TrackFields details={details} isDisabled={isPublishing} onChange={changeDetails} />
        {problem !== undefined && <Notice words={wordsFor(problem, 'The track was not published')} />}
        <div className="actions">
          <button
            type="submit"
            className="primary"
            disabled={lacksAudio || isPublishing}
            aria-describedby="publishing"
          >
            Publish
          </button>
          <span id="publishing" className="quiet" role="status">
            {wait(newTrack, lacksAudio)}
          </span>
        </div>
      </form>
    </Page>
  )
}

/** What publishing waits for. */
function wait({ audio, cover, isPublishing }: NewTrack, lacksAudio: boolean): string {
  if (lacksAudio) return 'Choose or record the audio first.'
  if (!isPublishing) return ''
  const isUnderWay = [audio, cover].some(
    ({ state }) => state.phase === 'sending' || state.phase === 'processing',
  )
  return isUnderWay ? 'It is published as soon as the files are ready.' : 'Publishing …'
}
