import { describe } from 'vitest'
import { says, serveBare } from '../harness/bare.ts'
import { openPopup, pressAndClose, signIn } from '../harness/people.ts'
import { startBehindProxy } from '../harness/proxy.ts'
import { test as base, expect } from '../harness.ts'

const severed = { 'cross-origin-opener-policy': 'same-origin' }

const test = base.override(
  'server',
  { scope: 'file' },
  // biome-ignore lint/correctness/noEmptyPattern: it depends on nothing
  async ({}, { onCleanup }) => {
    const server = await startBehindProxy('browser-opener-policy', severed)
    onCleanup(server.stop)
    return server
  },
)

describe('A server whose pages sever themselves from the app', () => {
  test.for([
    ['of the same site', 'localhost', {}],
    ['of another site', '127.0.0.1', {}],
    ['that severs itself as well', '127.0.0.1', severed],
  ] as const)('logs in on an app %s (CL-13)', async ([, host, headers], { page, server, person }) => {
    const bare = await serveBare(server, { host, headers })
    await page.goto(bare.origin)
    const popup = await openPopup(page, 'Log in')
    await signIn(popup, person)
    await popup.getByRole('button', { name: 'Allow' }).waitFor()
    expect(await popup.evaluate(() => window.opener)).toBeNull()
    await pressAndClose(popup, 'Allow')
    await says(page, person.handle)
    await bare.stop()
  })
})
