import { type ErrorCode, isStagedoorError } from '@stagedoor/sdk'

/** What went wrong, in words for the person. */
export interface Words {
  readonly headline: string
  readonly advice: string
}

const notLoggedIn = 'You are not logged in'
const notAsPlanned = 'That did not work'

const words: { readonly [Code in ErrorCode]?: Words } = {
  access_denied: { headline: notLoggedIn, advice: 'You chose not to give this app access.' },
  popup_closed: { headline: notLoggedIn, advice: 'The login page closed before you were done.' },
  popup_blocked: { headline: 'The login page did not open', advice: 'Allow pop-ups for this site.' },
  upload_too_large: { headline: 'This file is too large', advice: 'Choose a smaller one.' },
  upload_failed: { headline: 'This file cannot be used', advice: 'Choose another audio file or cover.' },
  unreadable_file: { headline: 'The file is not there any more', advice: 'Choose it again.' },
  session_expired: { headline: 'Please log in again', advice: 'Your last login has ended.' },
}

/** Words for anything that was thrown. */
export function wordsFor(problem: unknown): Words {
  if (!isStagedoorError(problem)) return { headline: notAsPlanned, advice: 'Start the app again.' }
  if (problem.retryable)
    return { headline: 'Audius does not answer', advice: 'Check your connection, then try again.' }
  return words[problem.code] ?? { headline: notAsPlanned, advice: problem.reason ?? problem.hint }
}
