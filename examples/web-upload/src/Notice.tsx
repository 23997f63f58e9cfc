import { isStagedoorError } from '@stagedoor/sdk'
import type { ReactNode } from 'react'

interface NoticeProps {
  readonly problem: unknown
  readonly onDismiss: () => void
  /** What can be done about it. */
  readonly children: ReactNode
}

/** Says what went wrong in a word for the person and in the SDK's own; softly when it is only what they wanted. */
export function Notice({ problem, onDismiss, children }: NoticeProps) {
  const isCancelled = isStagedoorError(problem) && problem.cancelled
  return (
    <div className={isCancelled ? 'notice soft' : 'notice'} role={isCancelled ? 'status' : 'alert'}>
      <div>
        <h2>{headline(problem)}</h2>
        <p>{problem instanceof Error ? problem.message : String(problem)}</p>
        {children}
      </div>
      <button type="button" className="dismiss" aria-label="Dismiss" onClick={onDismiss}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="m4 4 8 8M12 4l-8 8" />
        </svg>
      </button>
    </div>
  )
}

function headline(problem: unknown): string {
  if (!isStagedoorError(problem)) return 'Something went wrong'
  if (problem.code === 'popup_blocked') return 'The login window did not open'
  if (problem.code === 'session_expired') return 'Please log in again'
  if (problem.cancelled) return 'You are not logged in'
  return problem.retryable ? 'Audius does not answer' : 'The login did not work'
}
