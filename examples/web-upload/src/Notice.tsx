import { type ErrorCode, isStagedoorError } from '@stagedoor/sdk'
import type { ReactNode } from 'react'

interface NoticeProps {
  readonly problem: unknown
  readonly onDismiss: () => void
  /** What can be done about it. */
  readonly children: ReactNode
}

/** Says what went wrong in words for the person, the SDK's own folded below; softly when it is only what they wanted. */
export function Notice({ problem, onDismiss, children }: NoticeProps) {
  const isCancelled = isStagedoorError(problem) && problem.cancelled
  const { headline, advice } = wordsFor(problem)
  return (
    <div className={isCancelled ? 'notice soft' : 'notice'} role={isCancelled ? 'status' : 'alert'}>
      <div>
        <h2>{headline}</h2>
        <p>{advice}</p>
        {children}
        {!isCancelled && (
          <details>
            <summary>For the developer</summary>
            <p>{problem instanceof Error ? problem.message : String(problem)}</p>
          </details>
        )}
      </div>
      <button type="button" className="dismiss" aria-label="Dismiss" onClick={onDismiss}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="m4 4 8 8M12 4l-8 8" />
        </svg>
      </button>
    </div>
  )
}

interface Words {
  readonly headline: string
  readonly advice: string
}

const notLoggedIn = 'You are not logged in'

const words: { readonly [Code in ErrorCode]?: Words } = {
  access_denied: { headline: notLoggedIn, advice: 'You chose not to give this app access.' },
  popup_closed: { headline: notLoggedIn, advice: 'The login window closed before you were done.' },
  aborted: { headline: notLoggedIn, advice: 'You cancelled the login.' },
  popup_blocked: {
    headline: 'The login window did not open',
    advice: 'Your browser blocked it. Allow pop-ups for this site, or go on without one.',
  },
  session_expired: { headline: 'Please log in again', advice: 'Your last login has ended.' },
}

function wordsFor(problem: unknown): Words {
  if (!isStagedoorError(problem)) return { headline: 'Something went wrong', advice: 'Reload the page.' }
  if (problem.retryable)
    return { headline: 'Audius does not answer', advice: 'Check your connection, then try again.' }
  return words[problem.code] ?? { headline: 'The login did not work', advice: 'Please log in again.' }
}
