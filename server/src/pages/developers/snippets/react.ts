import { type Filling, quoted, settings } from './snippet.ts'

/** The entry of a React app. */
export const reactSnippet = (filling: Filling): string => `import { createRoot } from 'react-dom/client'
import { sdk } from '@stagedoor/sdk'
import { AudiusProvider, useAudius, useUser } from '@stagedoor/sdk/react'
import { wordsFor } from '@stagedoor/sdk/words'

const audius = sdk({
  ${settings(filling, '  ')}
})

function Account() {
  const { status, login, logout, error, ended } = useAudius()
  const { user } = useUser()
  if (status === 'loading') return <p>One moment…</p>
  if (status !== 'signed-out')
    return <button onClick={() => logout()}>Log out {user?.name}</button>
  return (
    <>
      <button onClick={() => login({ scope: 'read' })}>{${quoted(`Log in with ${filling.brand}`)}}</button>
      {(error || ended) && <p role="alert">{wordsFor(error ?? ended)}</p>}
    </>
  )
}

createRoot(document.getElementById('root')).render(
  <AudiusProvider sdk={audius}>
    <Account />
  </AudiusProvider>,
)
`
