import { configure, fireEvent, render, screen } from '@testing-library/react-native'
import { App } from '../../src/App'
import { device } from './device'

configure({ asyncUtilTimeout: 20_000 })

/** Presses a button, once it is there. */
export async function press(name: string): Promise<void> {
  fireEvent.press(await screen.findByRole('button', { name }))
}

/** Opens the app, and logs in unless the phone still knows who holds it. */
export async function logIn(): Promise<void> {
  render(<App />)
  await screen.findByRole('button', { name: /^(Log in with Audius|Sign out)$/ })
  if (screen.queryByRole('button', { name: 'Log in with Audius' })) await press('Log in with Audius')
  await screen.findByText(new RegExp(`^@${device.person.handle}`))
}

/** Picks an audio file, names the track, and presses Publish. */
export async function publish(title: string, name: string, audio: Buffer): Promise<void> {
  device.pick(name, 'audio/wav', audio)
  await press('Choose the audio')
  await screen.findByText(name)
  fireEvent.changeText(screen.getByLabelText('Title'), title)
  await press('Publish')
}
