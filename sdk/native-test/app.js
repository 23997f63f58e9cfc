import { sdk } from '@stagedoor/sdk'
import { AudiusProvider, useAudius } from '@stagedoor/sdk/react'
import { registerRootComponent } from 'expo'
import { Button, Text } from 'react-native'

const audius = sdk({ appName: 'Small', redirectUri: 'myapp://oauth/callback' })

function Account() {
  const { status, login } = useAudius()
  return (
    <>
      <Text>{status}</Text>
      <Button title="Log in" onPress={() => login()} />
    </>
  )
}

registerRootComponent(() => (
  <AudiusProvider sdk={audius}>
    <Account />
  </AudiusProvider>
))
