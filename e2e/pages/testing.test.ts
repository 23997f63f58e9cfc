import { LoginError, NetworkError } from '@stagedoor/sdk'
import { fakeSdk, logInWithPlaywright } from '@stagedoor/sdk/testing'
import { describe } from 'vitest'
import { says } from '../harness/bare.ts'
import { expect, test } from '../harness.ts'

const nova = { handle: 'nova', password: 'sample-of-nova' }

describe('logInWithPlaywright', () => {
  test('logs in by popup, and again where nothing is asked', async ({ page, bare }) => {
    await page.goto(bare.origin)
    const click = () => page.getByRole('button', { name: 'Log in' }).click()
    await logInWithPlaywright(page, { click, ...nova })
    await says(page, 'nova')
    await page.evaluate(() => window.audius.oauth.logout())
    await page.reload()
    await says(page, 'signed out')
    await logInWithPlaywright(page, { click, ...nova })
    await says(page, 'nova')
  })

  test('logs in on the full page, and again where nothing is asked', async ({ page, bare, person }) => {
    const click = async () => {
      await says(page, 'signed out')
      await page.evaluate(() => {
        window.loginOptions = { display: 'fullScreen', scope: 'write' }
      })
      await page.getByRole('button', { name: 'Log in' }).click()
    }
    await page.goto(bare.origin)
    await logInWithPlaywright(page, { click, display: 'fullScreen', ...person })
    await says(page, person.handle)
    await page.evaluate(() => window.audius.oauth.logout())
    await page.reload()
    await logInWithPlaywright(page, { click, display: 'fullScreen', ...person })
    await says(page, person.handle)
  })

  test('says what the server refuses the sign-in with', async ({ page, bare }) => {
    await page.goto(bare.origin)
    const click = () => page.getByRole('button', { name: 'Log in' }).click()
    const login = logInWithPlaywright(page, { click, handle: 'nova', password: 'wrong pass-phrase' })
    await expect(login).rejects.toThrow(/^The server refused the sign-in: .*password/)
  })
})

describe('The fake, as it is published', () => {
  test('rejects with the classes that the app imports', async () => {
    const { oauth, fake } = fakeSdk()
    fake.answerLogins('popup_blocked')
    await expect(oauth.login()).rejects.toBeInstanceOf(LoginError)
    fake.answerLogins('timeout')
    await expect(oauth.login()).rejects.toBeInstanceOf(NetworkError)
  })
})
