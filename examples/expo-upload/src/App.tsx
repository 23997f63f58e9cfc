import { AudiusProvider, useAudius, useUser } from '@stagedoor/sdk/react'
import { StatusBar } from 'expo-status-bar'
import { ScrollView, StyleSheet, View } from 'react-native'
import { audius } from './audius'
import { Button } from './parts/Button'
import { Notice } from './parts/Notice'
import { Words } from './parts/Words'
import { Home } from './screens/Home'
import { Welcome } from './screens/Welcome'
import { useTheme } from './theme'

export function App() {
  const { ground } = useTheme()
  return (
    <AudiusProvider sdk={audius}>
      <StatusBar style="auto" />
      <ScrollView
        style={{ backgroundColor: ground }}
        contentContainerStyle={styles.page}
        keyboardShouldPersistTaps="handled"
      >
        <View role="main" style={styles.column}>
          <Screen />
        </View>
      </ScrollView>
    </AudiusProvider>
  )
}

/** The screen for where the person stands. */
function Screen() {
  const { status, logout } = useAudius()
  const { user, error, reload } = useUser()
  if (status === 'signed-out') return <Welcome />
  if (user) return <Home user={user} onSignOut={logout} />
  if (!error) return <Words look="quiet">One moment …</Words>
  return (
    <>
      <Notice problem={error} />
      <Button title="Try again" look="primary" onPress={reload} />
      <Button title="Sign out" onPress={logout} />
    </>
  )
}

const styles = StyleSheet.create({
  page: { flexGrow: 1, alignItems: 'center', paddingHorizontal: 20, paddingTop: 72, paddingBottom: 40 },
  column: { width: '100%', maxWidth: 480, gap: 20 },
})
