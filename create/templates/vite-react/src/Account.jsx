import { useAudius, useUser } from '@stagedoor/sdk/react'
import { wordsFor } from '@stagedoor/sdk/words'

export function Account() {
  const { status, isLoggingIn, error, ended, login, cancel, logout } = useAudius()
  const { user } = useUser()
  if (status === 'loading') return <p role="status">One moment…</p>
  if (status !== 'signed-out')
    return (
      <>
        <p role="status">Hello {user?.name}</p>
        <button type="button" onClick={logout}>
          Log out
        </button>
      </>
    )
  return (
    <>
      <p role="status">{error || ended ? wordsFor(error ?? ended) : 'You are not logged in.'}</p>
      <button type="button" onClick={() => login({ scope: 'read' })}>
        Log in with __BRAND__
      </button>
      {isLoggingIn && (
        <button type="button" onClick={cancel}>
          Cancel
        </button>
      )}
    </>
  )
}
