import type { CurrentUser } from '@stagedoor/sdk'
import { useAudius, useUser } from '@stagedoor/sdk/react'
import { useEffect, useState } from 'react'

/** Where a person stands with this app. */
export type Stage =
  | { readonly name: 'checking' }
  | { readonly name: 'signed-out' }
  | { readonly name: 'logging-in'; readonly cancel: () => void }
  | { readonly name: 'leaving' }
  | { readonly name: 'signed-in'; readonly user: CurrentUser }
  /** The session is kept, but its server does not answer. */
  | { readonly name: 'unreachable' }

/** What went wrong with the session: an error of the SDK, or that the last login has ended. */
export type Problem = Error | 'expired'

export function useLogin() {
  const { status, error, oauth, logout } = useAudius()
  const profile = useUser()
  const [attempt, setAttempt] = useState<Stage>()
  const [own, setOwn] = useState<Problem>()
  const [dismissed, setDismissed] = useState<Problem>()

  useEffect(() => oauth.on('signed-out', ({ why }) => why === 'expired' && setOwn('expired')), [oauth])

  useEffect(() => {
    // The browser brought the page back as it was left, on its way to the server.
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && setAttempt(undefined)
    addEventListener('pageshow', onShow)
    return () => removeEventListener('pageshow', onShow)
  }, [])

  /** Call it right in a click: the browser blocks a popup that opens any later. */
  async function logIn(display: 'popup' | 'fullScreen') {
    const controller = new AbortController()
    const login = oauth.login({ scope: 'write', display, signal: controller.signal })
    setOwn(undefined)
    // What failed before is in the hooks until the login has ended.
    setDismissed(error ?? undefined)
    setAttempt(
      display === 'popup' ? { name: 'logging-in', cancel: () => controller.abort() } : { name: 'leaving' },
    )
    try {
      await login
    } catch (reason) {
      setOwn(asError(reason))
    } finally {
      setAttempt(undefined)
    }
  }

  function signOut() {
    setOwn(undefined)
    return logout()
  }

  const problems: readonly (Problem | null | undefined)[] = [own, error, profile.error]
  const problem = problems.find((it) => it && it !== dismissed) ?? undefined
  return {
    stage: attempt ?? stageOf(status, profile.user, profile.error !== null),
    problem,
    logIn,
    signOut,
    tryAgain: profile.reload,
    dismiss: () => (problem === own ? setOwn(undefined) : setDismissed(problem)),
  }
}

function stageOf(
  status: ReturnType<typeof useAudius>['status'],
  user: CurrentUser | null,
  hasFailed: boolean,
): Stage {
  if (status === 'signed-out') return { name: 'signed-out' }
  if (user) return { name: 'signed-in', user }
  return { name: hasFailed ? 'unreachable' : 'checking' }
}

const asError = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)))
