import AsyncStorage from '@react-native-async-storage/async-storage'
import { screen, waitFor } from '@testing-library/react-native'
import { logIn, press } from './actions'

test('A person logs in, and signs out.', async () => {
  await logIn()
  await press('Sign out')
  await screen.findByRole('button', { name: 'Log in with Audius' })
  // The server is told after the screen has changed; until then the phone keeps a note of it.
  await waitFor(async () => {
    const keys = await AsyncStorage.getAllKeys()
    expect(keys.filter((key) => key.endsWith(':logouts'))).toEqual([])
  })
})
