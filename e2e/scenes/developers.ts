import { allow, reach, signIn } from '../harness/people.ts'
import {
  appWithLogo,
  asked,
  createApp,
  type Scene,
  serverScene,
  signedIn,
  testLogin,
  unconfirmed,
  usedApp,
} from './stage.ts'

/** What people see as developers of apps. */
export const developersScenes: readonly Scene[] = [
  serverScene('developers-none', async (page, { server }) => {
    await page.goto(`${server.url}/sign-in`)
    await signIn(page, await server.newPerson())
    await reach(page, `${server.url}/`)
    await page.goto(`${server.url}/developers`)
  }),
  serverScene('developers-unconfirmed', async (page, stage) => {
    await unconfirmed(page, stage, '/developers')
    await page.getByLabel('Name').fill('Wavelength')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('developers', async (page, stage) => {
    await createApp(page, stage)
    await page.getByRole('link', { name: 'Developers' }).click()
    await page.getByRole('heading', { name: 'Create an app' }).waitFor()
  }),
  serverScene('developers-mistakes', async (page, stage) => {
    await signedIn(page, stage)
    await page.goto(`${stage.server.url}/developers`)
    await page.getByLabel('Name').fill('Аudius')
    await page.getByLabel('Redirect URIs for production').fill('app.example/cb\nhttp://8.8.8.8/')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('app', (page, stage) => createApp(page, stage)),
  serverScene('app-logo', appWithLogo),
  serverScene('consent-logo', testLogin),
  serverScene('app-test-login', async (page, stage) => {
    await createApp(page, stage)
    await page.getByRole('link', { name: 'Test login' }).click()
    await page.getByRole('heading', { name: 'What your app sends' }).waitFor()
  }),
  serverScene('app-test-report', async (page, stage) => {
    await testLogin(page, stage)
    await allow(page)
    await page.getByText('The login works').waitFor()
  }),
  serverScene('app-test-cancelled', async (page, stage) => {
    await testLogin(page, stage)
    await page.getByRole('button', { name: 'Cancel' }).press('Enter')
    await page.getByText('The login stopped').waitFor()
  }),
  serverScene('app-webhooks', async (page, stage) => {
    await createApp(page, stage)
    await page.getByRole('link', { name: 'Webhooks' }).click()
    await page.getByLabel('Address', { exact: true }).fill('http://localhost:9/webhooks')
    await page.getByRole('button', { name: 'Set address' }).click()
    await page.getByText('Copy its secret now').waitFor()
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('The message is on its way').waitFor()
  }),
  serverScene('app-delete', async (page, stage) => {
    await createApp(page, stage)
    await page.getByRole('link', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete it' }).waitFor()
  }),
  serverScene('app-quickstart', async (page, stage) => {
    await createApp(page, stage)
    await page.getByRole('link', { name: 'Quickstart' }).click()
    await page.getByRole('heading', { name: 'curl' }).waitFor()
  }),
  serverScene('app-log', async (page, stage) => {
    await page.goto(`${stage.server.url}/developers/${await usedApp(page, stage)}/log`)
    await page.getByText('Live:').waitFor()
  }),
  serverScene('request-explained', async (page, stage) => {
    await createApp(page, stage)
    const own = page.url()
    const api_key = (await page.locator('#api-key').textContent()) ?? ''
    const redirect_uri = 'https://wavelength.example/callback'
    await asked(page, stage, { api_key, redirect_uri: `${redirect_uri}/` })
    await page.goto(`${own.split('?')[0]}/log`)
    await page
      .getByRole('link', { name: /^Explain/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'What was sent' }).waitFor()
  }),
  serverScene('app-log-compared', async (page, stage) => {
    await page.goto(`${stage.server.url}/developers/${await usedApp(page, stage)}/log?outcome=refused`)
    await page
      .getByRole('link', { name: /^Compare/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'two requests side by side' }).waitFor()
  }),
  serverScene('app-log-cancelled', async (page, stage) => {
    await createApp(page, stage)
    await page.getByRole('link', { name: 'Log', exact: true }).click()
    await page.getByRole('link', { name: 'Cancelled' }).click()
    await reach(page, /outcome=cancelled/)
  }),
  serverScene('app-usage', async (page, stage) => {
    await page.goto(`${stage.server.url}/developers/${await usedApp(page, stage)}/usage`)
    await page.getByText('Errors by code as a table').click()
  }),
  serverScene('app-usage-month', async (page, stage) => {
    await page.goto(`${stage.server.url}/developers/${await usedApp(page, stage)}/usage?period=30d`)
  }),
]
