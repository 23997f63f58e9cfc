import { isStagedoorError, type User } from '@stagedoor/sdk'
import { useCallback, useEffect, useRef, useState } from 'react'
import { audius } from './audius.ts'

/** Where a person stands with this app. */
export type Stage =
  | { readonly name: 'checking' }
  | { readonly name: 'signed-out' }
  | { readonly name: 'logging-in'; readonly cancel: () => void }
  | { readonly name: 'leaving' }
  | { readonly name: 'signed-in'; readonly user: User }
  /** The session is kept, but its server does not answer. */
  | { readonly name: 'unreachable' }

interface Outcome {
  readonly stage: Stage
  /** What went wrong on the way there, if anything did. */
  readonly problem?: unknown
}

const checking: Stage = { name: 'checking' }
const signedOut: Stage = { name: 'signed-out' }

/** Restores a session that is there already. */
async function restore(): Promise<Outcome> {
  try {
    if (!(await audius.oauth.isAuthenticated())) return { stage: signedOut }
    return { stage: { name: 'signed-in', user: await audius.oauth.getUser() } }
  } catch (problem) {
    const isKept = isStagedoorError(problem) && problem.retryable
    return { stage: isKept ? { name: 'unreachable' } : signedOut, problem }
  }
}

/** What a page load begins with: the end of a login that was sent here, or the session of an earlier one. */
async function start(): Promise<Outcome> {
  try {
    await audius.oauth.handleRedirect()
  } catch (problem) {
    return { problem, ...(await restore()) }
  }
  return restore()
}

export function useLogin() {
  const [{ stage, problem }, show] = useState<Outcome>({ stage: checking })
  const turn = useRef(0)

  /** Shows a stage, and what comes of it unless something newer has begun by then. */
  const go = useCallback(async (now: Stage, work: () => Promise<Outcome>) => {
    turn.current += 1
    const mine = turn.current
    show({ stage: now })
    const outcome = await work()
    if (mine === turn.current) show(outcome)
  }, [])

  useEffect(() => {
    go(checking, start)
    // Another tab logged in or out. What is under way in this one goes on.
    const onStorage = async () => {
      const mine = turn.current
      const now = await restore()
      if (mine !== turn.current) return
      show((shown) => (isBusy(shown.stage) ? shown : { problem: shown.problem, ...now }))
    }
    // The browser brought the page back as it was left, on its way to the server.
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && go(checking, restore)
    addEventListener('storage', onStorage)
    addEventListener('pageshow', onShow)
    return () => {
      removeEventListener('storage', onStorage)
      removeEventListener('pageshow', onShow)
    }
  }, [go])

  /** Call it right in a click: the browser blocks a popup that opens any later. */
  function logIn(display: 'popup' | 'fullScreen') {
    const controller = new AbortController()
    const { signal } = controller
    const popup: Stage = { name: 'logging-in', cancel: () => controller.abort() }
    return go(display === 'popup' ? popup : { name: 'leaving' }, async () => {
      try {
        await audius.oauth.login({ scope: 'read', display, signal })
        return await restore()
      } catch (problem) {
        return { stage: signedOut, problem }
      }
    })
  }

  function signOut() {
    return go(signedOut, async () => {
      try {
        await audius.oauth.logout()
        return { stage: signedOut }
      } catch (problem) {
        return { stage: signedOut, problem }
      }
    })
  }

  const tryAgain = () => go(checking, restore)
  const dismiss = () => show({ stage })
  return { stage, problem, logIn, signOut, tryAgain, dismiss }
}

const isBusy = ({ name }: Stage) => name === 'checking' || name === 'logging-in' || name === 'leaving'
