import { fireEvent, screen, waitFor } from '@testing-library/react-native'
import { Platform } from 'react-native'
import { isKept, tone } from '../media'
import { logIn, press, publish } from './actions'

const dataDir = process.env.DATA_DIR ?? ''
const pitch = Platform.OS === 'ios' ? 440 : 550

/** A network that carries one piece of a file, and then nothing until it is let go. */
function slowNetwork() {
  const { nodeFetch } = globalThis
  const methods: string[] = []
  let letGo = () => {}
  const open = new Promise<void>((resolve) => {
    letGo = resolve
  })
  globalThis.nodeFetch = async (input, init) => {
    const { method = 'GET' } = init ?? {}
    methods.push(method)
    if (methods.filter((sent) => sent === 'PATCH').length > 1) await open
    return nodeFetch(input, init)
  }
  return {
    methods,
    letGo,
    restore: () => {
      globalThis.nodeFetch = nodeFetch
    },
  }
}

let network: ReturnType<typeof slowNetwork>
const patches = () => network.methods.filter((method) => method === 'PATCH').length

beforeEach(() => {
  network = slowNetwork()
})
afterEach(() => {
  network.letGo()
  network.restore()
})

test('A paused upload sends nothing, and arrives whole when it is resumed.', async () => {
  const sound = tone(pitch, 200)
  await logIn()
  await publish(`Long on ${Platform.OS}`, 'long.wav', sound)
  await waitFor(() => expect(patches()).toBe(2))
  expect(screen.getByRole('progressbar')).toHaveAccessibilityValue({ min: 0, max: 100, now: 8 })
  await press('Pause')
  await screen.findByText(/^Paused: \d+%$/)
  network.letGo()
  const sent = patches()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(patches()).toBe(sent)
  await press('Resume')
  await screen.findByText(`“Long on ${Platform.OS}” is published`)
  expect(isKept(sound, dataDir)).toBe(true)
})

test('A cancelled upload is gone from the server, and the person can begin anew.', async () => {
  const sound = tone(pitch + 1, 200)
  await logIn()
  await publish('Never mind', 'long.wav', sound)
  await waitFor(() => expect(patches()).toBe(2))
  fireEvent.press(screen.getByRole('button', { name: 'Cancel the upload' }))
  network.letGo()
  await screen.findByRole('button', { name: 'Choose the audio' })
  expect(screen.queryByRole('alert')).toBeNull()
  await waitFor(() => expect(network.methods).toContain('DELETE'))
})
