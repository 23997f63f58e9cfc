import { AudiusProvider, useAudius, useUser } from '@stagedoor/sdk/react'
import { wordsFor } from '@stagedoor/sdk/words'
import { Button, StyleSheet, Text, View } from 'react-native'
import { audius } from './audius'

export default function App() {
  return (
    <AudiusProvider sdk={audius}>
      <View style={styles.page}>
        <Account />
      </View>
    </AudiusProvider>
  )
}

function Account() {
  const { status, error, ended, login, logout } = useAudius()
  const { user } = useUser()
  if (status === 'loading') return <Text>One moment…</Text>
  if (status !== 'signed-out')
    return (
      <>
        <Text>Hello {user?.name}</Text>
        <Button title="Log out" onPress={() => logout()} />
      </>
    )
  return (
    <>
      <Text accessibilityLiveRegion="polite">
        {error || ended ? wordsFor(error ?? ended) : 'You are not logged in.'}
      </Text>
      <Button title="Log in with __BRAND__" onPress={() => login({ scope: 'read' })} />
    </>
  )
}

const styles = StyleSheet.create({ page: { flex: 1, justifyContent: 'center', gap: 16, padding: 24 } })
