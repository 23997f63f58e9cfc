import { isStagedoorError } from '@stagedoor/sdk'

/** What went wrong, and what to do about it. */
export interface Words {
  readonly headline: string
  readonly advice: string
  /** What an error says to developers. */
  readonly detail?: string
  /** The person ended it themselves. */
  readonly isSoft?: boolean
}

/**
 * An error in words for the person.
 *
 * @param headline What could not be done, such as "The track was not published".
 */
export function wordsFor(problem: unknown, headline: string): Words {
  const detail = problem instanceof Error ? problem.message : String(problem)
  return { headline, advice: adviceFor(problem), detail }
}

function adviceFor(problem: unknown): string {
  if (!isStagedoorError(problem)) return 'Reload the page and try again.'
  if (problem.retryable) return 'Audius does not answer. Check your connection, then try again.'
  if (problem.code === 'session_expired' || problem.code === 'not_authenticated')
    return 'Your login has ended. Log in again to go on.'
  if (problem.code === 'insufficient_scope')
    return 'Your login is from before this app asked to upload. Sign out, and log in again.'
  if (problem.code === 'unreadable_file') return 'It was changed, moved or removed. Choose it again.'
  return problem.reason ?? 'Try again.'
}
