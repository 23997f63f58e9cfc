import { isStagedoorError } from '@stagedoor/sdk'
import { useEffect, useRef } from 'react'
import { Account } from './login/Account.tsx'
import { type Stage, useLogin } from './login/login.ts'
import { loginWords } from './login/login-words.ts'
import { SignedOut } from './login/SignedOut.tsx'
import { Pages } from './Pages.tsx'
import { Notice } from './shared/Notice.tsx'

export function App() {
  const { stage, problem, logIn, signOut, tryAgain, dismiss } = useLogin()
  const main = useKeptFocus(stage)

  return (
    <>
      <header>
        <h1>
          <a href="#/">
            <img src="/icon.svg" alt="" />
            Stagedoor example
          </a>
        </h1>
        {stage.name === 'signed-in' && <Account user={stage.user} onSignOut={signOut} />}
      </header>
      <main ref={main} tabIndex={-1}>
        {problem !== undefined && (
          <Notice words={loginWords(problem)} onDismiss={dismiss}>
            {isStagedoorError(problem) && problem.code === 'popup_blocked' && (
              <button type="button" onClick={() => logIn('fullScreen')}>
                Go on without a popup
              </button>
            )}
          </Notice>
        )}
        {stage.name === 'signed-in' ? (
          <Pages key={stage.user.id} user={stage.user} />
        ) : (
          <section className="panel door" aria-label="Your account">
            {content(stage)}
          </section>
        )}
      </main>
    </>
  )

  function content(shown: Exclude<Stage, { name: 'signed-in' }>) {
    switch (shown.name) {
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
            <button type="button" onClick={shown.cancel}>
              Cancel
            </button>
          </>
        )
      case 'signed-out':
        return <SignedOut onLogIn={logIn} />
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

/** Keeps the keyboard's place when the pressed button goes away with its stage. */
function useKeptFocus(stage: Stage) {
  const main = useRef<HTMLElement>(null)
  const shown = useRef(stage.name)
  useEffect(() => {
    const wasShown = shown.current
    shown.current = stage.name
    const isLost = document.activeElement === document.body
    if (wasShown !== 'checking' && wasShown !== stage.name && isLost) main.current?.focus()
  }, [stage.name])
  return main
}
