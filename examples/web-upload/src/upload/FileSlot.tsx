import { isStagedoorError } from '@stagedoor/sdk'
import type { ReactNode } from 'react'
import { Notice } from '../shared/Notice.tsx'
import { wordsFor } from '../shared/words.ts'
import { bytes } from './bytes.ts'
import { FileChooser } from './FileChooser.tsx'
import { FileProgress } from './FileProgress.tsx'
import type { FileUpload } from './file-upload.ts'

interface FileSlotProps {
  /** What it is for, such as "audio": in "Choose the audio". */
  readonly noun: string
  readonly hint: string
  readonly accept: string
  /** Files are held over the page. */
  readonly isOver: boolean
  readonly upload: FileUpload<unknown>
  /** A picture of the file, beside its name. */
  readonly children?: ReactNode
}

/** A place for one file: choosing it, how far it has come, and what went wrong. */
export function FileSlot({ noun, hint, accept, isOver, upload, children }: FileSlotProps) {
  const { state, file, choose, cancel } = upload
  const chooser = (label: string, words: string) => (
    <FileChooser label={label} hint={words} accept={accept} isOver={isOver} onChoose={choose} />
  )
  switch (state.phase) {
    case 'empty':
      return chooser(`Choose the ${noun}`, hint)
    case 'interrupted':
      return (
        <div className="slot">
          {chooser(
            `Choose ${state.file.name} again`,
            `It was on its way (${bytes(state.file.size)}). Choose the same file, and it goes on where it stopped.`,
          )}
          <button type="button" className="link" onClick={cancel}>
            Take another {noun}
          </button>
        </div>
      )
    case 'failed':
      return (
        <div className="slot">
          <Notice words={wordsFor(state.problem, `${state.file.name} was not uploaded`)} onDismiss={cancel}>
            {file && mayRetry(state.problem) && (
              <button type="button" onClick={() => choose(file)}>
                Try again
              </button>
            )}
          </Notice>
          {chooser(`Choose another ${noun}`, hint)}
        </div>
      )
    default:
      return (
        <FileProgress noun={noun} state={state} upload={upload}>
          {children}
        </FileProgress>
      )
  }
}

const mayRetry = (problem: unknown) => isStagedoorError(problem) && problem.retryable
