import { screen } from '@testing-library/react-native'
import { logIn, press } from './actions'

test('A person logs in, and signs out.', async () => {
  await logIn()
  await press('Sign out')
  await screen.findByRole('button', { name: 'Log in with Audius' })
})
