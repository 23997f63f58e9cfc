import { type ErrorCode, isStagedoorError } from '@stagedoor/sdk'
import type { Words } from '../shared/words.ts'
import type { Problem } from './login.ts'

const notLoggedIn = 'You are not logged in'

const words: { readonly [Code in ErrorCode]?: Words } = {
  access_denied: { headline: notLoggedIn, advice: 'You chose not to give this app access.' },
  popup_closed: { headline: notLoggedIn, advice: 'The login window closed before you were done.' },
  aborted: { headline: notLoggedIn, advice: 'You cancelled the login.' },
  popup_blocked: {
    headline: 'The login window did not open',
    advice: 'Your browser blocked it. Allow pop-ups for this site, or go on without one.',
  },
}

const unknown: Words = { headline: 'The login did not work', advice: 'Please log in again.' }
const unreachable: Words = {
  headline: 'Audius does not answer',
  advice: 'Check your connection, then try again.',
}

/** What went wrong with a login or the session, in words for the person. */
export function loginWords(problem: Problem): Words {
  if (problem === 'expired') return { headline: 'Please log in again', advice: 'Your last login has ended.' }
  const detail = problem.message
  if (!isStagedoorError(problem))
    return { headline: 'Something went wrong', advice: 'Reload the page.', detail }
  if (problem.cancelled) return { ...(words[problem.code] ?? unknown), isSoft: true }
  return { ...(problem.retryable ? unreachable : (words[problem.code] ?? unknown)), detail }
}
