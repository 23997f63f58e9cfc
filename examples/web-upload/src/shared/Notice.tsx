import type { ReactNode } from 'react'
import type { Words } from './words.ts'

interface NoticeProps {
  readonly words: Words
  readonly onDismiss?: () => void
  /** What can be done about it. */
  readonly children?: ReactNode
}

/** Says what went wrong in words for the person, the SDK's own folded below; softly when it is only what they wanted. */
export function Notice({ words, onDismiss, children }: NoticeProps) {
  const { headline, advice, detail, isSoft } = words
  return (
    <div className={isSoft ? 'notice soft' : 'notice'} role={isSoft ? 'status' : 'alert'}>
      <div>
        <h2>{headline}</h2>
        <p>{advice}</p>
        {children}
        {detail !== undefined && (
          <details>
            <summary>For the developer</summary>
            <p>{detail}</p>
          </details>
        )}
      </div>
      {onDismiss && (
        <button type="button" className="dismiss" aria-label="Dismiss" onClick={onDismiss}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m4 4 8 8M12 4l-8 8" />
          </svg>
        </button>
      )}
    </div>
  )
}
