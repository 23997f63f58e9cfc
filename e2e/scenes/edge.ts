import type { Page } from 'playwright-core'
import { makePhoto } from '../harness/media.ts'
import { giveDevice } from '../harness/passkeys.ts'
import { allow, reach, signIn } from '../harness/people.ts'
import { authorization } from '../harness/server.ts'
import { asked, createApp, ownPage, type Scene, type Stage, serverScene } from './stage.ts'

const longWord = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'
const longUri = `https://wavelength.example/${'a-rather-long-folder/'.repeat(8)}callback`

/** Registers an app of a name and a redirect URI that hardly fit, as somebody new; ends on its page. */
async function longApp(page: Page, stage: Stage) {
  const person = await ownPage(page, stage, '/developers')
  await page.getByLabel('Name').fill(`${longWord} ${person.handle}`.slice(-64))
  await page.getByLabel('Redirect URIs for production').fill(longUri)
  await page.getByRole('button', { name: 'Create app' }).click()
  await page.getByRole('link', { name: 'Quickstart' }).waitFor()
}

/** Sends a form of passwords until no more is looked at: on a slow machine the first waits are over before the next try. */
async function guessTooOften(page: Page, press: () => Promise<unknown>) {
  for (let times = 0; times < 20; times += 1) {
    await press()
    await page.getByRole('alert').waitFor()
    if (await page.getByText('Too many wrong passwords').first().isVisible()) return
  }
  throw new Error('It may be guessed for ever.')
}

/** The pages of the portal and the account where something is wrong, too long, or not there. */
export const edgeScenes: readonly Scene[] = [
  serverScene('sign-in-too-often', async (page, stage) => {
    await asked(page, stage)
    await guessTooOften(page, () => signIn(page, { handle: 'guessed', password: 'wrong pass-phrase' }))
  }),
  serverScene('forged', async (page, stage) => {
    await ownPage(page, stage, '/developers')
    await page.locator('input[name=csrf]').evaluate((field) => field.setAttribute('value', 'made up'))
    await page.getByLabel('Name').fill('Forged')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByText('Request id').waitFor()
  }),
  serverScene('mismatch-unregistrable', async (page, stage) => {
    await longApp(page, stage)
    const api_key = (await page.locator('#api-key').textContent()) ?? ''
    await asked(page, stage, { api_key, redirect_uri: `${longUri.replace('https', 'http')}#here` })
    await page.getByText('cannot be registered').waitFor()
  }),
  serverScene('developers-twin', async (page, stage) => {
    await createApp(page, stage)
    await page.getByRole('link', { name: 'Developers' }).click()
    await page.getByLabel('Name').fill('Wavelength')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByRole('link', { name: 'Open the app you have' }).waitFor()
  }),
  serverScene('developers-deleted', async (page, stage) => {
    await longApp(page, stage)
    await page.getByRole('link', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('The app is deleted').waitFor()
  }),
  serverScene('management-tokens', async (page, stage) => {
    await ownPage(page, stage, '/developers/tokens')
    await page.getByLabel('Name').fill('Deployment of previews')
    await page.getByRole('button', { name: 'Make token' }).click()
    await page.getByText('Copy it now').waitFor()
  }),
  serverScene('account-passkey-instead', async (page, stage) => {
    await giveDevice(page)
    const { password } = await ownPage(page, stage, '/account/security')
    await page.locator('#passkey_password').fill(password)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('status').getByText('Your passkey is added').waitFor()
    await page.getByLabel('New email').fill('new@example.com')
    await page.locator('#email').getByRole('button', { name: 'Use a passkey instead' }).click()
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor()
  }),
  serverScene('reauthenticate', async (page, stage) => {
    await ownPage(page, stage, '/developers/tokens')
    await page.getByLabel('Name').fill('Deployment')
    // The session is fresh: a wrong password brings the page on all the same.
    await page.locator('[name=nonce]').evaluate((field) => {
      const password = Object.assign(document.createElement('input'), {
        name: 'password',
        value: 'wrong pass-phrase',
      })
      field.after(password)
    })
    await page.getByRole('button', { name: 'Make token' }).click()
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor()
  }),
  serverScene('consent-again', async (page, stage) => {
    await longApp(page, stage)
    const api_key = (await page.locator('#api-key').textContent()) ?? ''
    await page.route(`${longUri}*`, (route) => route.fulfill({ body: 'Back' }))
    await page.goto(authorization(stage.server, { api_key, redirect_uri: longUri, scope: 'read' }).url)
    await allow(page)
    await reach(page, `${longUri}*`)
    await page.goto(`${stage.server.url}/developers/${api_key}`)
    const moved = 'https://elsewhere.example/callback'
    await page.getByLabel('Name').fill(`Renamed ${Date.now() % 100_000}`)
    await page.getByLabel('Redirect URIs for production').fill(`${longUri}\n${moved}`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Your app is saved.').waitFor()
    await page.goto(authorization(stage.server, { api_key, redirect_uri: moved, scope: 'write' }).url)
    await page.getByText('when you allowed it before').waitFor()
  }),
  serverScene('app-created', (page, stage) => longApp(page, stage)),
  serverScene('app-mistakes', async (page, stage) => {
    await longApp(page, stage)
    await page.getByLabel('Name').fill('Аudius')
    await page.getByLabel('Description').fill('x'.repeat(301))
    await page
      .getByLabel('Redirect URIs for production')
      .fill(`${longUri}#fragment\nHTTPS://Wavelength.example/cb`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('app-held', async (page, stage) => {
    await longApp(page, stage)
    await page.context().clearCookies({ name: /session/ })
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('You are signed out').waitFor()
  }),
  serverScene('account-switched', async (page, stage) => {
    await ownPage(page, stage, '/account')
    await page.context().clearCookies({ name: /session/ })
    const beside = await page.context().newPage()
    await ownPage(beside, stage, '/account')
    await beside.close()
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('You switched accounts').waitFor()
  }),
  serverScene('app-of-another', async (page, stage) => {
    await ownPage(page, stage, '/developers')
    await page.goto(`${stage.server.url}/developers/${stage.server.apiKey}`)
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  }),
  serverScene('app-quickstart-unregistered', async (page, stage) => {
    await longApp(page, stage)
    await page.getByRole('link', { name: 'Quickstart' }).click()
    await page.getByRole('button', { name: 'Register http://127.0.0.1/callback' }).click()
    await page.getByText('The redirect URI is registered').waitFor()
  }),
  serverScene('app-log-none', async (page, stage) => {
    await longApp(page, stage)
    await page.getByRole('link', { name: 'Log', exact: true }).click()
    await page.getByText('Nothing has happened yet').waitFor()
    await page.getByText('Live:').waitFor()
  }),
  serverScene('app-log-long', async (page, stage) => {
    await longApp(page, stage)
    const api_key = (await page.locator('#api-key').textContent()) ?? ''
    for (let time = 0; time < 51; time += 1)
      await fetch(authorization(stage.server, { api_key, redirect_uri: `${longUri}/${time}` }).url)
    await page.getByRole('link', { name: 'Log', exact: true }).click()
    await page.getByRole('link', { name: 'Older' }).waitFor()
  }),
  serverScene('app-usage-none', async (page, stage) => {
    await longApp(page, stage)
    await page.getByRole('link', { name: 'Usage' }).click()
    await page.getByText('0 logins were completed').waitFor()
  }),
  serverScene('account-pictured', async (page, stage) => {
    await ownPage(page, stage, '/account')
    const photo = async (label: string, width: number, height: number) =>
      page.getByLabel(label, { exact: true }).setInputFiles({
        name: 'photo.png',
        mimeType: 'image/png',
        buffer: await makePhoto(width, height),
      })
    await photo('Picture', 600, 600)
    await photo('Banner', 1200, 400)
    await page.getByLabel('Name').fill(longWord)
    await page.getByLabel('Bio').fill('Songs about trains.\nSongs about rain.')
    await page.getByLabel('Website').fill(longUri.slice(0, 190))
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('Your profile is saved').waitFor()
    await photo('Picture', 600, 600)
    await page.getByLabel('Website').fill('https://a b')
    await page.getByLabel('Website').evaluate((field) => field.setAttribute('type', 'text'))
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('The one you chose is kept').waitFor()
  }),
  serverScene('account-security-several', async (page, stage) => {
    const person = await ownPage(page, stage, '/account/security')
    const agents = [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0',
      'curl/8.0',
    ]
    for (const userAgent of agents) {
      const other = await page.context().browser()?.newContext({ userAgent })
      const there = await other?.newPage()
      if (!there) throw new Error('There is no browser to sign in with.')
      await there.goto(`${stage.server.url}/sign-in`)
      await signIn(there, person)
      await reach(there, `${stage.server.url}/`)
      await other?.close()
    }
    await page.reload()
    await page.getByText('Edge on Windows').first().waitFor()
  }),
  serverScene('account-security-mistakes', async (page, stage) => {
    await ownPage(page, stage, '/account/security')
    await page.getByLabel('Current password').fill('wrong pass-phrase')
    await page.getByLabel('New password').fill('a changed pass-phrase')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('account-security-too-often', async (page, stage) => {
    await ownPage(page, stage, '/account/security')
    await guessTooOften(page, async () => {
      await page.getByLabel('Current password').fill('wrong pass-phrase')
      await page.getByLabel('New password').fill('a changed pass-phrase')
      await page.getByRole('button', { name: 'Change password' }).click()
    })
  }),
  serverScene('account-security-changed', async (page, stage) => {
    const { password } = await ownPage(page, stage, '/account/security')
    await page.getByLabel('Current password').fill(password)
    await page.getByLabel('New password').fill('a changed pass-phrase')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Your password is changed').waitFor()
  }),
  serverScene('account-data-mistakes', async (page, stage) => {
    await ownPage(page, stage, '/account/data')
    await page.getByLabel('Type your handle').fill('somebody_else')
    await page.getByLabel('Password').fill('wrong pass-phrase')
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await page.getByRole('alert').waitFor()
  }),
]
