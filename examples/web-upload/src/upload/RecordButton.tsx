import { Notice } from '../shared/Notice.tsx'
import { clock } from '../tracks/clock.ts'
import { useRecorder } from './recorder.ts'

/** Records the audio instead of choosing it. */
export function RecordButton({ onRecorded }: { readonly onRecorded: (file: File) => void }) {
  const { recording, start, stop } = useRecorder(onRecorded)
  const isRecording = recording.phase === 'recording'
  return (
    <div className="record">
      <button type="button" className="record-button" onClick={isRecording ? stop : start}>
        <svg className="record-button-dot" viewBox="0 0 16 16" aria-hidden="true">
          {isRecording ? <path d="M4 4h8v8H4z" /> : <circle cx="8" cy="8" r="5" />}
        </svg>
        {isRecording ? 'Stop recording' : 'Record it'}
      </button>
      <span className="quiet" role="timer">
        {isRecording && `Recording · ${clock(recording.seconds)}`}
      </span>
      {recording.phase === 'failed' && (
        <Notice words={{ headline: 'Nothing was recorded', advice: recording.advice }} />
      )}
    </div>
  )
}
