import { sdk } from '@stagedoor/sdk'
import { registerRootComponent } from 'expo'
import { useSyncExternalStore } from 'react'
import { Button, Text } from 'react-native'

const { oauth } = sdk({ appName: 'Small', redirectUri: 'myapp://oauth/callback' })

function App() {
  const { status } = useSyncExternalStore(oauth.subscribe, () => oauth.session)
  return (
    <>
      <Text>{status}</Text>
      <Button title="Log in" onPress={() => oauth.login()} />
    </>
  )
}

registerRootComponent(App)
