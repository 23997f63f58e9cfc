import { expect } from 'vitest'
import { giveDevice } from '../harness/passkeys.ts'
import { authorization } from '../harness/server.ts'
import { askForEmail, ownPage, type Scene, serverScene, signedIn, unconfirmed } from './stage.ts'

/** What people see of their account. */
export const accountScenes: readonly Scene[] = [
  serverScene('account', async (page, stage) => {
    await signedIn(page, stage)
    await page.goto(`${stage.server.url}/account?done=saved`)
  }),
  serverScene('account-mistakes', async (page, stage) => {
    await ownPage(page, stage, '/account')
    await page.getByLabel('Name').fill('')
    await page.getByLabel('Name').evaluate((field) => field.removeAttribute('required'))
    await page.getByLabel('Website').fill('ftp://example.com')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('account-held', async (page, stage) => {
    await ownPage(page, stage, '/account')
    await page.context().clearCookies({ name: /session/ })
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('You are signed out').waitFor()
  }),
  serverScene('account-security', (page, stage) => ownPage(page, stage, '/account/security')),
  serverScene('account-passkeys', async (page, stage) => {
    await giveDevice(page)
    const { password } = await ownPage(page, stage, '/account/security')
    const add = page.getByRole('button', { name: 'Add a passkey' })
    await page.locator('#passkey_password').fill(password)
    await add.click()
    await page.getByRole('status').getByText('Your passkey is added').waitFor()
    await page.locator('#passkey_password').fill('not my pass-phrase')
    await add.click()
    await page.getByText('This is not your current password.').waitFor()
  }),
  serverScene('account-email-asked', askForEmail),
  serverScene('account-email-unconfirmed', (page, stage) => unconfirmed(page, stage, '/account/security')),
  serverScene('account-email-mistakes', async (page, stage) => {
    await ownPage(page, stage, '/account/security')
    await page.getByLabel('New email').fill('someone@example')
    await page.locator('#email_password').fill('wrong pass-phrase')
    await page.getByRole('button', { name: 'Change email' }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('account-apps', async (page, stage) => {
    await ownPage(page, stage, '/account/apps')
    for (const params of [{ scope: 'write' }, { app_name: 'Gig finder' }]) {
      await page.goto(stage.example.origin)
      const { url, verifier } = authorization(stage.server, {
        redirect_uri: `${stage.example.origin}/`,
        response_mode: 'query',
        ...params,
      })
      await page.goto(url)
      const answer = page.waitForRequest((request) =>
        request.url().startsWith(`${stage.example.origin}/?code=`),
      )
      await page.getByRole('button', { name: 'Allow' }).press('Enter')
      // Of the request, as the page takes the answer out of its address.
      const code = new URL((await answer).url()).searchParams.get('code') ?? ''
      const client = 'app_name' in params ? {} : { client_id: stage.server.apiKey }
      const redirectUri = `${stage.example.origin}/`
      const exchanged = await fetch(`${stage.server.url}/v1/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          code_verifier: verifier,
          redirect_uri: redirectUri,
          ...client,
        }),
      })
      expect(exchanged.status, await exchanged.text()).toBe(200)
    }
    await page.goto(`${stage.server.url}/account/apps`)
    await page.getByText('Gig finder').first().waitFor()
  }),
  serverScene('account-apps-none', (page, stage) => ownPage(page, stage, '/account/apps')),
  serverScene('account-data', (page, stage) => ownPage(page, stage, '/account/data')),
  serverScene('account-deleted', (page, { server }) => page.goto(`${server.url}/account/deleted`)),
]
