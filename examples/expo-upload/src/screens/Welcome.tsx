import { useAudius } from '@stagedoor/sdk/react'
import { Button } from '../parts/Button'
import { Notice } from '../parts/Notice'
import { Words } from '../parts/Words'

/** Whom nobody is logged in sees. */
export function Welcome() {
  const { login, isLoggingIn, error } = useAudius()
  return (
    <>
      <Words look="title">Stagedoor upload</Words>
      <Words look="quiet">Put your music on Audius from your phone. This app never gets your password.</Words>
      {error && <Notice problem={error} />}
      <Button
        title={isLoggingIn ? 'Logging in …' : 'Log in with Audius'}
        look="primary"
        onPress={() => login({ scope: 'write' })}
      />
    </>
  )
}
