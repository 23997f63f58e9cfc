import { isStagedoorError } from '@stagedoor/sdk'
import { type ReactNode, useEffect, useRef } from 'react'
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
        {content()}
      </main>
    </>
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
          <Centered>
            <p className="quiet" role="status">
              Going to the login page …
            </p>
          </Centered>
        )
      case 'logging-in':
        return (
          <Centered>
            <p className="quiet" role="status">
              Log in in the other window. This page goes on when you are done.
            </p>
            <button type="button" onClick={stage.cancel}>
              Cancel
            </button>
          </Centered>
        )
      case 'signed-out':
        return (
          <Centered>
            <SignedOut onLogIn={logIn} />
          </Centered>
        )
      case 'signed-in':
        return <Pages key={stage.user.id} user={stage.user} />
      case 'unreachable':
        return (
          <Centered>
            <p>You are still logged in.</p>
            <button type="button" className="primary" onClick={tryAgain}>
              Try again
            </button>
            <button type="button" onClick={signOut}>
              Sign out
            </button>
          </Centered>
        )
    }
  }
}

/** What stands before the app until somebody is logged in. */
const Centered = ({ children }: { children: ReactNode }) => (
  <section className="panel centered">{children}</section>
)

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
