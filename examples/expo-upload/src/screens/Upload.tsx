import { Button } from '../parts/Button'
import { Progress } from '../parts/Progress'
import { Words } from '../parts/Words'
import type { Publishing } from '../publish'
import { TrackForm } from './TrackForm'

interface UploadProps {
  readonly publishing: Publishing
  readonly onShowTracks: () => void
}

/** A track on its way: the form, the progress, and that it is published. */
export function Upload({ publishing, onShowTracks }: UploadProps) {
  const { stage, problem, draft, publish, setPaused, cancel, startAnew } = publishing
  switch (stage.name) {
    case 'writing':
      return <TrackForm problem={problem} draft={draft} onPublish={publish} />
    case 'sending':
      return (
        <>
          <Progress label={stage.isPaused ? 'Paused' : 'Uploading'} part={stage.part} />
          {stage.isPaused ? (
            <Button title="Resume" look="primary" onPress={() => setPaused(false)} />
          ) : (
            <Button title="Pause" onPress={() => setPaused(true)} />
          )}
          <Button title="Cancel" label="Cancel the upload" onPress={cancel} />
        </>
      )
    case 'processing':
      return (
        <>
          <Progress label="Preparing" part={stage.part} />
          <Button title="Cancel" label="Cancel the upload" onPress={cancel} />
        </>
      )
    case 'publishing':
      return <Words>Publishing …</Words>
    case 'published':
      return (
        <>
          <Words look="heading">{`“${stage.title}” is published`}</Words>
          <Button title="See my tracks" look="primary" onPress={onShowTracks} />
          <Button title="Upload another" onPress={startAnew} />
        </>
      )
  }
}
