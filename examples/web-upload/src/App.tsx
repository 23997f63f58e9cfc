import { isStagedoorError } from '@stagedoor/sdk'
import { useEffect, useRef } from 'react'
import { type Stage, useLogin } from './login.ts'
import { Notice } from './Notice.tsx'
import { Profile } from './Profile.tsx'

export function App() {
  const { stage, problem, logIn, signOut, tryAgain, dismiss } = useLogin()
  const panel = useKeptFocus(stage)

  return (
    <main>
      <header>
        <img className="logo" src="/icon.svg" alt="" />
        <h1>Stagedoor example</h1>
        <p>See who you are on Audius. This app never gets your password.</p>
      </header>
      {problem !== undefined && (
        <Notice problem={problem} onDismiss={dismiss}>
          {isBlocked(problem) && (
            <button type="button" onClick={() => logIn('fullScreen')}>
              Go on without a popup
            </button>
          )}
        </Notice>
      )}
      <section ref={panel} tabIndex={-1} aria-label="Your account">
        {content()}
      </section>
    </main>
  )

  function content() {
    switch (stage.name) {
      case 'checking':
        return (
          <p className="quiet late" role="status">
            One moment …
          </p>
        )
      case 'leaving':
        return (
          <p className="quiet" role="status">
            Going to the login page …
          </p>
        )
      case 'logging-in':
        return (
          <>
            <p className="quiet" role="status">
              Log in in the other window. This page goes on when you are done.
            </p>
            <button type="button" onClick={stage.cancel}>
              Cancel
            </button>
          </>
        )
      case 'signed-out':
        return (
          <>
            <button type="button" className="primary" onClick={() => logIn('popup')}>
              Log in with Audius
            </button>
            <button type="button" className="link" onClick={() => logIn('fullScreen')}>
              Log in on the full page
            </button>
          </>
        )
      case 'signed-in':
        return (
          <>
            <Profile user={stage.user} />
            <button type="button" onClick={signOut}>
              Sign out
            </button>
          </>
        )
      case 'unreachable':
        return (
          <>
            <p>You are still logged in.</p>
            <button type="button" className="primary" onClick={tryAgain}>
              Try again
            </button>
            <button type="button" onClick={signOut}>
              Sign out
            </button>
          </>
        )
    }
  }
}

const isBlocked = (problem: unknown) => isStagedoorError(problem) && problem.code === 'popup_blocked'

/** Keeps the keyboard's place when the pressed button goes away with its stage. */
function useKeptFocus(stage: Stage) {
  const panel = useRef<HTMLElement>(null)
  const shown = useRef(stage.name)
  useEffect(() => {
    const wasShown = shown.current
    shown.current = stage.name
    const isLost = document.activeElement === document.body
    if (wasShown !== 'checking' && wasShown !== stage.name && isLost) panel.current?.focus()
  }, [stage.name])
  return panel
}
