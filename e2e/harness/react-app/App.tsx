/** @jsxImportSource react */
import type { Sdk } from '@stagedoor/sdk'
import { AudiusProvider, useAudius, useUser } from '@stagedoor/sdk/react'

/** The smallest React app: who is logged in, and buttons to change it. */
export function App({ sdk }: { sdk: Sdk }) {
  return (
    <AudiusProvider sdk={sdk}>
      <Who />
      <Who />
      <Controls />
    </AudiusProvider>
  )
}

function Who() {
  const { user, isLoading, error } = useUser()
  return <output>{error?.code ?? user?.handle ?? (isLoading ? 'loading' : 'nobody')}</output>
}

function Controls() {
  const { status, isLoggingIn, error, login, logout } = useAudius()
  return (
    <>
      <p>{[status, isLoggingIn ? 'logging in' : 'idle', error?.code ?? 'no error'].join(', ')}</p>
      <button type="button" onClick={() => login()}>
        Log in
      </button>
      <button type="button" onClick={() => login({ display: 'fullScreen' })}>
        Log in on the full page
      </button>
      <button type="button" onClick={logout}>
        Sign out
      </button>
    </>
  )
}
