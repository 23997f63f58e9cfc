import { fireEvent, screen, waitFor } from '@testing-library/react-native'
import { Platform } from 'react-native'
import { cover, isKept, tone } from '../media'
import { logIn, press, publish } from './actions'
import { device } from './device'

const dataDir = process.env.DATA_DIR ?? ''
const pitch = Platform.OS === 'ios' ? 220 : 330
const picture = cover(600)
const sound = tone(pitch, 3)
const title = `Night drive on ${Platform.OS}`

test('A person publishes a track with its cover, hears it, and saves it.', async () => {
  await logIn()
  expect(screen.getByRole('button', { name: 'Publish' })).toBeDisabled()
  device.pick('cover.png', 'image/png', picture)
  await press('Choose the cover')
  await screen.findByText('cover.png')
  fireEvent.press(screen.getByRole('radio', { name: 'House' }))
  fireEvent.press(screen.getByRole('radio', { name: 'Unlisted' }))
  await publish(title, 'night drive.wav', sound)

  await screen.findByText(`“${title}” is published`)
  expect(isKept(sound, dataDir)).toBe(true)

  await press('See my tracks')
  await screen.findByText(title)
  screen.getByText(/ · 0:03 · unlisted$/)

  await press(`Play ${title}`)
  await screen.findByRole('button', { name: `Pause ${title}` })
  const audio = await globalThis.nodeFetch(device.playing ?? '')
  expect(audio.headers.get('content-type')).toMatch(/^audio\//)
  await press(`Pause ${title}`)
  expect(device.playing).toBeNull()

  await press(`Save ${title} to library`)
  await screen.findByRole('button', { name: `Remove ${title} from library` })
  fireEvent.press(screen.getByRole('tab', { name: 'Library' }))
  await press(`Remove ${title} from library`)
  await screen.findByRole('button', { name: `Save ${title} to library` })
  await press('Reload')
  await screen.findByText(/^Nothing is saved yet/)
  expect(screen.queryAllByText(title)).toHaveLength(0)
})

test('A file that is no music is refused in words; what was written stays, and nothing is published.', async () => {
  await logIn()
  await publish('Not music', 'letter.wav', Buffer.from('Dear Nova, this is not music.'))
  await screen.findByRole('alert')
  screen.getByText('This file cannot be used')
  screen.getByText('letter.wav')
  screen.getByDisplayValue('Not music')
  fireEvent.press(screen.getByRole('tab', { name: 'My tracks' }))
  await screen.findByText(title)
  expect(screen.queryByText('Not music')).toBeNull()
})

test('A person records a track and publishes it; without a microphone they are told what to do.', async () => {
  await logIn()
  await press('Record the audio')
  await screen.findByText(/Allow the microphone/)
  await press('Close')
  const spoken = tone(pitch + 7, 2)
  device.heard = spoken
  await press('Record the audio')
  await waitFor(() => expect(screen.getByRole('button', { name: 'Stop recording' })).toBeEnabled())
  await press('Stop recording')
  await screen.findByText(/^Recording \d{4}-\d\d-\d\d\.m4a$/)
  fireEvent.changeText(screen.getByLabelText('Title'), `Spoken on ${Platform.OS}`)
  await press('Publish')
  await screen.findByText(`“Spoken on ${Platform.OS}” is published`)
  expect(isKept(spoken, dataDir)).toBe(true)
})
