import { AudiusProvider, useAudius, useUser } from '@stagedoor/sdk/react'
import { StatusBar } from 'expo-status-bar'
import { initialWindowMetrics, SafeAreaProvider } from 'react-native-safe-area-context'
import { audius } from './audius'
import { Button } from './parts/Button'
import { Notice } from './parts/Notice'
import { Page } from './parts/Page'
import { Words } from './parts/Words'
import { Home } from './screens/Home'
import { Welcome } from './screens/Welcome'

export function App() {
  return (
    <SafeAreaProvider initialMetrics={initialWindowMetrics}>
      <AudiusProvider sdk={audius}>
        <StatusBar style="auto" />
        <Screen />
      </AudiusProvider>
    </SafeAreaProvider>
  )
}

/** The screen for where the person stands. */
function Screen() {
  const { status, logout } = useAudius()
  const { user, error, reload } = useUser()
  if (status === 'signed-out')
    return (
      <Page>
        <Welcome />
      </Page>
    )
  if (user) return <Home user={user} onSignOut={logout} />
  if (!error)
    return (
      <Page>
        <Words look="quiet">One moment …</Words>
      </Page>
    )
  return (
    <Page>
      <Notice problem={error} />
      <Button title="Try again" look="primary" onPress={reload} />
      <Button title="Sign out" onPress={logout} />
    </Page>
  )
}
