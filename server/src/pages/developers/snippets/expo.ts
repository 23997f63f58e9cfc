import { type Filling, quoted, settings } from './snippet.ts'

/** The whole of an Expo app. */
export const expoSnippet = (filling: Filling): string => `import { Button, Text, View } from 'react-native'
import { sdk } from '@stagedoor/sdk'
import { AudiusProvider, useAudius, useUser } from '@stagedoor/sdk/react'
import { wordsFor } from '@stagedoor/sdk/words'

const audius = sdk({
  ${settings(filling, '  ')}
})

function Account() {
  const { status, login, logout, error, ended } = useAudius()
  const { user } = useUser()
  if (status === 'loading') return <Text>One moment…</Text>
  if (status !== 'signed-out')
    return <Button title={'Log out ' + (user?.name ?? '')} onPress={() => logout()} />
  return (
    <>
      <Button title={${quoted(`Log in with ${filling.brand}`)}} onPress={() => login({ scope: 'read' })} />
      {(error || ended) && <Text>{wordsFor(error ?? ended)}</Text>}
    </>
  )
}

export default function App() {
  return (
    <AudiusProvider sdk={audius}>
      <View style={{ flex: 1, justifyContent: 'center', padding: 24 }}>
        <Account />
      </View>
    </AudiusProvider>
  )
}
`
