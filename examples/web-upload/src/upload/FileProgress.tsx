import type { ReactNode } from 'react'
import { bytes } from './bytes.ts'
import type { FileState, FileUpload } from './file-upload.ts'
import { useOnline } from './online.ts'

type Shown = Extract<FileState<unknown>, { phase: 'sending' | 'processing' | 'done' }>

interface FileProgressProps {
  readonly noun: string
  readonly state: Shown
  readonly upload: FileUpload<unknown>
  readonly children: ReactNode
}

/** How far a file has come, and how to pause, resume and cancel it. */
export function FileProgress({ noun, state, upload, children }: FileProgressProps) {
  const isOnline = useOnline()
  const { file, phase } = state
  const isPaused = phase === 'sending' && state.isPaused
  return (
    <fieldset className="slot file">
      <legend className="hidden">The {noun}</legend>
      {children}
      <div className="what">
        <b>{file.name}</b>
        <span className="quiet">{words(state, isOnline)}</span>
        <progress aria-label={`Upload of the ${noun}`} max={1} value={share(state)} />
      </div>
      <div className="actions">
        {phase === 'sending' && (
          <button type="button" onClick={isPaused ? upload.resume : upload.pause}>
            {isPaused ? 'Resume' : 'Pause'}
          </button>
        )}
        <button type="button" onClick={upload.cancel}>
          {phase === 'done' ? 'Remove' : 'Cancel'}
        </button>
      </div>
      <span className="hidden" role="status">
        {announced(state)}
      </span>
    </fieldset>
  )
}

function words(state: Shown, isOnline: boolean): string {
  switch (state.phase) {
    case 'sending': {
      const sent = `${bytes(state.loaded)} of ${bytes(state.file.size)}`
      if (state.isPaused) return `Paused · ${sent}`
      return isOnline ? sent : `No network · ${sent}. It goes on by itself.`
    }
    case 'processing':
      return `Processing · ${Math.round(state.share * 100)} %`
    case 'done':
      return `Ready · ${bytes(state.file.size)}`
  }
}

function share(state: Shown): number {
  if (state.phase === 'done') return 1
  return state.phase === 'processing' ? state.share : state.loaded / state.file.size
}

/** For screen readers: the phases alone, not every step. */
function announced({ phase, file }: Shown): string {
  if (phase === 'sending') return `${file.name} is on its way.`
  return phase === 'processing' ? `${file.name} is being processed.` : `${file.name} is ready.`
}
