import type { Page } from 'playwright-core'
import { type Media, makeMedia } from './harness/media.ts'
import { giveDevice } from './harness/passkeys.ts'
import { allow, openPopup, pressAndClose, signIn } from './harness/people.ts'
import { authorization, type Server } from './harness/server.ts'
import { choose, fileOf, holdBytes, publish, ready } from './harness/uploading.ts'
import type { Site } from './harness/web.ts'

export interface Stage {
  readonly server: Server
  readonly example: Site
}

/** Something a person gets to see, reached from a new browser. */
export interface Scene {
  readonly name: string
  /** Brings it about; answers the page that shows it. */
  show(page: Page, stage: Stage): Promise<Page>
}

/** Viewport sizes: a phone or popup, and a desktop. */
export const sizes = [
  { width: 375, height: 785 },
  { width: 1280, height: 800 },
] as const

const mistyped = { handle: 'nova', password: 'wrong pass-phrase' }

export async function asked(page: Page, { server, example }: Stage, params: Record<string, string> = {}) {
  await page.goto(authorization(server, { redirect_uri: `${example.origin}/`, ...params }).url)
}

async function signedIn(page: Page, { server }: Stage) {
  await page.goto(`${server.url}/sign-in`)
  await signIn(page, server.sample('nova'))
  await page.waitForURL(`${server.url}/`)
}

async function consent(page: Page, stage: Stage, params: Record<string, string>) {
  await signedIn(page, stage)
  await asked(page, stage, { prompt: 'consent', ...params })
  await page.getByRole('button', { name: 'Allow' }).waitFor()
}

/** Somebody who was shown a code by a device, asked about it. */
async function device(page: Page, stage: Stage) {
  const { url, apiKey } = stage.server
  const begun = await fetch(`${url}/v1/oauth/device_authorization`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: apiKey, scope: 'openid email' }),
  })
  const { verification_uri_complete: address } = await begun.json()
  await signedIn(page, stage)
  await page.goto(address)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
}

/** Somebody new on one of their own pages. */
export async function ownPage(page: Page, { server }: Stage, path: string) {
  const person = await server.newPerson()
  await page.goto(`${server.url}/sign-in?next=${encodeURIComponent(path)}`)
  await signIn(page, person)
  await page.waitForURL(server.url + path)
  return person
}

export const serverScene = (name: string, show: (page: Page, stage: Stage) => Promise<unknown>): Scene => ({
  name,
  show: async (page, stage) => {
    await show(page, stage)
    return page
  },
})

/** Registers an app as nova; ends on its page. */
export async function createApp(page: Page, stage: Stage) {
  await signedIn(page, stage)
  await page.goto(`${stage.server.url}/developers`)
  const there = page.getByRole('link', { name: 'Wavelength' })
  if (await there.isVisible()) return there.click()
  await page.getByLabel('Name').fill('Wavelength')
  await page.getByLabel('Redirect URIs').fill(`http://localhost:5173/\nhttps://wavelength.example/callback`)
  await page.getByRole('button', { name: 'Create app' }).click()
  await page.getByRole('link', { name: 'Quickstart' }).waitFor()
}

/** Registers an app with a logo as somebody new; ends on its page. */
async function appWithLogo(page: Page, stage: Stage) {
  await ownPage(page, stage, '/developers')
  await page.getByLabel('Name').fill(`Tidewater ${Date.now() % 100_000}`)
  await page.getByRole('button', { name: 'Create app' }).click()
  const media = await makeMedia()
  page.context().once('close', () => media.delete())
  await page.getByLabel('Logo').setInputFiles(media.cover)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Your app is saved.').waitFor()
}

/** Begins a test login of an app; ends on the consent page. */
async function testLogin(page: Page, stage: Stage) {
  await appWithLogo(page, stage)
  await page.getByRole('link', { name: 'Test login' }).click()
  await page.getByRole('button', { name: 'Test login' }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
}

/** Registers an app as nova, and has people log in with it, refuse it and use it wrongly; answers its API key. */
async function usedApp(page: Page, stage: Stage): Promise<string> {
  await createApp(page, stage)
  const api_key = (await page.locator('#api-key').textContent()) ?? ''
  const redirect_uri = 'https://wavelength.example/callback'
  const { url } = stage.server
  const post = (path: string, body: Record<string, string>) =>
    fetch(url + path, { method: 'POST', body: new URLSearchParams({ client_id: api_key, ...body }) })
  await page.route(`${redirect_uri}*`, (route) => route.fulfill({ body: 'Back' }))
  const ask = async (params: Record<string, string> = {}) => {
    const asked = authorization(stage.server, { api_key, redirect_uri, ...params })
    await page.goto(asked.url)
    return asked.verifier
  }
  for (let time = 0; time < 3; time += 1) {
    const code_verifier = await ask({ response_mode: 'query', prompt: 'consent' })
    await allow(page)
    await page.waitForURL(`${redirect_uri}*`)
    const code = new URL(page.url()).searchParams.get('code') ?? ''
    const body = { grant_type: 'authorization_code', code, code_verifier, redirect_uri }
    const tokens: { access_token: string } = await (await post('/v1/oauth/token', body)).json()
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    for (let call = 0; call < 4; call += 1) await fetch(`${url}/v1/me`, { headers })
    await fetch(`${url}/v1/tracks/search?query=a&api_key=${api_key}`)
  }
  await ask({ prompt: 'consent' })
  await page.getByRole('button', { name: 'Cancel' }).press('Enter')
  await page.waitForURL(`${redirect_uri}*`)
  await ask({ redirect_uri: 'https://wavelength.example/callback/' })
  await post('/v1/oauth/token', { grant_type: 'refresh_token', refresh_token: 'sdrt_of_another_day' })
  return api_key
}

/** Asks for a link to a new password, on the way to an app. */
async function forgot(page: Page, stage: Stage) {
  const { handle } = await stage.server.newPerson()
  await asked(page, stage)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('Email or handle').fill(handle)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look at your mail' }).waitFor()
}

/** Opens the link of the newest mail in the outbox. */
async function openMail(page: Page, { server }: Stage, link: RegExp) {
  await page.goto(`${server.url}/dev/outbox`)
  await page.getByRole('link', { name: link }).first().click()
}

/** Asks for another email, as somebody new. */
async function askForEmail(page: Page, stage: Stage) {
  const person = await ownPage(page, stage, '/account/security')
  await page.getByLabel('New email').fill(`new.${person.handle}@example.org`)
  await page.locator('#email_password').fill(person.password)
  await page.getByRole('button', { name: 'Change email' }).click()
  await page.getByText('waits to be confirmed').waitFor()
}

/** Opens an account with the email of a sample, which somebody else has confirmed; ends on one of its pages. */
async function unconfirmed(page: Page, { server }: Stage, path: string) {
  await page.goto(`${server.url}/sign-up?next=${encodeURIComponent(path)}`)
  await page.getByLabel('Handle').fill(`waiting_${Date.now() % 1_000_000}`)
  await page.getByLabel('Name').fill('Kim Waiting')
  await page.getByLabel('Email').fill('nova@example.com')
  await page.getByLabel('Password').fill('a new pass-phrase')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('button', { name: 'Send the link again' }).waitFor()
}

export const serverScenes: readonly Scene[] = [
  serverScene('home', (page, { server }) => page.goto(server.url)),
  serverScene('home-signed-in', signedIn),
  serverScene('api-docs', (page, { server }) => page.goto(`${server.url}/docs/api`)),
  serverScene('sign-in', (page, stage) => asked(page, stage)),
  serverScene('sign-in-wrong', async (page, stage) => {
    await asked(page, stage)
    await signIn(page, mistyped)
    await page.getByRole('alert').waitFor()
  }),
  serverScene('reset-password', async (page, stage) => {
    await asked(page, stage)
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByRole('button', { name: 'Send the link' }).waitFor()
  }),
  serverScene('reset-password-mistakes', async (page, { server }) => {
    await page.goto(`${server.url}/reset-password`)
    await page.getByLabel('Email or handle').fill(' ')
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('reset-password-sent', forgot),
  serverScene('reset-password-new', async (page, stage) => {
    await forgot(page, stage)
    await openMail(page, stage, /reset-password\/new/)
    await page.getByRole('button', { name: 'Set password' }).waitFor()
  }),
  serverScene('reset-password-new-mistakes', async (page, stage) => {
    await forgot(page, stage)
    await openMail(page, stage, /reset-password\/new/)
    await page.getByLabel('New password').fill('short')
    await page.getByLabel('New password').evaluate((field) => field.removeAttribute('minlength'))
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('reset-password-ended', (page, { server }) => page.goto(`${server.url}/reset-password/new`)),
  serverScene('outbox', async (page, stage) => {
    await forgot(page, stage)
    await askForEmail(page, stage)
    await page.goto(`${stage.server.url}/dev/outbox`)
  }),
  serverScene('confirm-email', async (page, stage) => {
    await askForEmail(page, stage)
    await openMail(page, stage, /confirm-email/)
    await page.getByRole('button', { name: 'Confirm' }).waitFor()
  }),
  serverScene('confirm-email-done', (page, { server }) => page.goto(`${server.url}/confirm-email/done`)),
  serverScene('confirm-email-ended', (page, { server }) => page.goto(`${server.url}/confirm-email`)),
  serverScene('sign-up', async (page, stage) => {
    await asked(page, stage)
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByLabel('Handle').waitFor()
  }),
  serverScene('sign-up-mistakes', async (page, stage) => {
    await asked(page, stage)
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByLabel('Handle').fill('n!')
    await page.getByLabel('Name').fill('Nova')
    await page.getByLabel('Email').fill('nova@localhost')
    await page.getByLabel('Password').fill('a new pass-phrase')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('alert').waitFor()
  }),
  serverScene('consent-read', (page, stage) => consent(page, stage, { scope: 'read' })),
  serverScene('consent-write', (page, stage) => consent(page, stage, { scope: 'write' })),
  serverScene('consent-email', (page, stage) => consent(page, stage, { scope: 'openid email' })),
  serverScene('device-code', async (page, stage) => {
    await signedIn(page, stage)
    await page.goto(`${stage.server.url}/device`)
    await page.getByLabel('The code').fill('BCDF-GHJK')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('This code is not known').waitFor()
  }),
  serverScene('device-consent', device),
  serverScene('device-allowed', async (page, stage) => {
    await device(page, stage)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByText('Go on at your device').waitFor()
  }),
  serverScene('consent-unregistered', (page, stage) =>
    consent(page, stage, { app_name: 'Gig finder', scope: 'read' }),
  ),
  serverScene('mismatch', (page, stage) =>
    asked(page, stage, { redirect_uri: 'https://example.com/callback' }),
  ),
  serverScene('mismatch-owner', async (page, stage) => {
    await createApp(page, stage)
    const api_key = (await page.locator('#api-key').textContent()) ?? ''
    await asked(page, stage, { api_key, redirect_uri: 'http://localhost:3000/callback' })
    await page.getByRole('button', { name: 'go on' }).waitFor()
  }),
  serverScene('developers-none', async (page, { server }) => {
    await page.goto(`${server.url}/sign-in`)
    await signIn(page, await server.newPerson())
    await page.waitForURL(`${server.url}/`)
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
    await page.getByLabel('Redirect URIs').fill('app.example/cb\nhttp://8.8.8.8/')
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
  serverScene('app-log-cancelled', async (page, stage) => {
    await createApp(page, stage)
    await page.getByRole('link', { name: 'Log', exact: true }).click()
    await page.getByRole('link', { name: 'Cancelled' }).click()
    await page.waitForURL(/outcome=cancelled/)
  }),
  serverScene('app-usage', async (page, stage) => {
    await page.goto(`${stage.server.url}/developers/${await usedApp(page, stage)}/usage`)
    await page.getByText('Errors by code as a table').click()
  }),
  serverScene('app-usage-month', async (page, stage) => {
    await page.goto(`${stage.server.url}/developers/${await usedApp(page, stage)}/usage?period=30d`)
  }),
  serverScene('error-docs', (page, { server }) => page.goto(`${server.url}/docs/errors`)),
  serverScene('gone', (page, { server }) => page.goto(`${server.url}/consent?request=old`)),
  serverScene('no-page', (page, { server }) => page.goto(`${server.url}/nowhere`)),
  serverScene('sign-out', async (page, stage) => {
    await signedIn(page, stage)
    await page.goto(`${stage.server.url}/sign-out`)
  }),
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
      await page.route(`${stage.example.origin}/?*`, (route) => route.fulfill({ body: 'back' }))
      await page.goto(url)
      await page.getByRole('button', { name: 'Allow' }).press('Enter')
      await page.waitForURL(`${stage.example.origin}/?*`)
      const code = new URL(page.url()).searchParams.get('code') ?? ''
      const client = 'app_name' in params ? {} : { client_id: stage.server.apiKey }
      const redirectUri = `${stage.example.origin}/`
      await fetch(`${stage.server.url}/v1/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          code_verifier: verifier,
          redirect_uri: redirectUri,
          ...client,
        }),
      })
    }
    await page.goto(`${stage.server.url}/account/apps`)
    await page.getByText('Gig finder').first().waitFor()
  }),
  serverScene('account-apps-none', (page, stage) => ownPage(page, stage, '/account/apps')),
  serverScene('account-data', (page, stage) => ownPage(page, stage, '/account/data')),
  serverScene('account-deleted', (page, { server }) => page.goto(`${server.url}/account/deleted`)),
  serverScene('signed-out', (page, { server }) => page.goto(`${server.url}/signed-out`)),
]

const exampleScene = (name: string, show: (page: Page, stage: Stage) => Promise<unknown>): Scene => ({
  name: `example-${name}`,
  show: async (page, stage) => {
    await page.goto(stage.example.origin)
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
    await show(page, stage)
    return page
  },
})

async function logIn(page: Page, { server }: Stage) {
  await page.getByRole('button', { name: 'Log in on the full page' }).click()
  await signIn(page, await server.newPerson())
  await allow(page)
  await page.getByRole('heading', { name: 'Upload a track' }).waitFor()
}

const go = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()

/** A scene of somebody who is logged in and has files to upload. */
const artistScene = (
  name: string,
  show: (page: Page, media: Media, stage: Stage) => Promise<unknown>,
): Scene =>
  exampleScene(name, async (page, stage) => {
    const media = await makeMedia()
    page.context().once('close', () => media.delete())
    await logIn(page, stage)
    await show(page, media, stage)
  })

async function published(page: Page, media: Media) {
  await choose(page, 'audio', media.audio)
  await choose(page, 'cover', media.cover)
  await page.getByLabel('Description').fill('Written on a train between two towns.\n\nHeadphones on.')
  await publish(page)
  await page.locator('.waveform[data-pictured=true]').waitFor()
  await page.locator('article .cover img').waitFor()
}

export const exampleScenes: readonly Scene[] = [
  exampleScene('signed-out', async () => {}),
  exampleScene('logging-in', (page) => openPopup(page)),
  exampleScene('cancelled', async (page) => {
    await pressAndClose(await openPopup(page), 'Cancel')
    await page.getByText('You are not logged in').waitFor()
  }),
  exampleScene('blocked', async (page) => {
    await page.evaluate(() => {
      window.open = () => null
    })
    await page.getByRole('button', { name: 'Log in with Audius' }).click()
    await page.getByRole('alert').waitFor()
  }),
  exampleScene('forged', async (page, { example }) => {
    await page.goto('about:blank')
    await page.goto(`${example.origin}/#code=x&state=y`)
    await page.getByRole('alert').waitFor()
  }),
  exampleScene('checking', async (page, stage) => {
    await logIn(page, stage)
    await page.route(`${stage.server.url}/v1/me`, () => {})
    await page.reload()
    await page.getByText('One moment').waitFor()
  }),
  exampleScene('unreachable', async (page, stage) => {
    await logIn(page, stage)
    await page.route(`${stage.server.url}/**`, (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').waitFor()
  }),
  exampleScene('no-picture', logIn),
  exampleScene('signed-in', async (page, { server }) => {
    await page.getByRole('button', { name: 'Log in on the full page' }).click()
    await signIn(page, server.sample('nova'))
    await allow(page)
    await page.getByRole('img', { name: 'Verified' }).waitFor()
  }),
  artistScene('uploading', async (page, media) => {
    await choose(page, 'cover', media.cover)
    await ready(page, 'cover')
    await holdBytes(page)
    await choose(page, 'audio', media.audio)
    await fileOf(page, 'audio').getByText('262 kB of 1.6 MB').waitFor()
  }),
  artistScene('interrupted', async (page, media) => {
    const hold = await holdBytes(page)
    await choose(page, 'audio', media.audio)
    await hold.held
    await page.reload()
    await page.getByText('It was on its way').waitFor()
  }),
  artistScene('not-audio', async (page, media) => {
    await choose(page, 'audio', media.fake)
    await page.getByRole('alert').waitFor()
  }),
  artistScene('not-published', async (page, media, { server }) => {
    await choose(page, 'audio', media.audio)
    await ready(page, 'audio')
    await page.getByLabel('Genre').selectOption('Jazz')
    await page.route(`${server.url}/v1/tracks`, (route) => route.abort())
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('alert').waitFor()
  }),
  artistScene('track', async (page, media) => {
    await published(page, media)
    await page.getByRole('slider', { name: 'Position' }).fill('14')
    await page.getByRole('button', { name: 'Save to library' }).click()
    await page.getByRole('button', { name: 'Remove from library' }).waitFor()
  }),
  artistScene('track-edited', async (page, media) => {
    await published(page, media)
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Title').waitFor()
  }),
  artistScene('track-deleted', async (page, media) => {
    await published(page, media)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').waitFor()
  }),
  artistScene('tracks', async (page, media) => {
    await published(page, media)
    await go(page, 'Upload')
    await choose(page, 'audio', media.audio)
    await page
      .getByLabel('Title')
      .fill('A very long title that nobody would ever read aloud on the radio, or would they')
    await page.getByLabel('Who has the link').check()
    await publish(page)
    await go(page, 'My tracks')
    await page.getByText('Unlisted').waitFor()
  }),
  artistScene('library', async (page, media) => {
    await published(page, media)
    await page.getByRole('button', { name: 'Save to library' }).click()
    await page.getByRole('button', { name: 'Remove from library' }).waitFor()
    await go(page, 'Library')
    await page.getByRole('listitem').waitFor()
  }),
  exampleScene('tracks-empty', async (page, stage) => {
    await logIn(page, stage)
    await go(page, 'My tracks')
    await page.getByText('You have not published').waitFor()
  }),
  exampleScene('library-empty', async (page, stage) => {
    await logIn(page, stage)
    await go(page, 'Library')
    await page.getByText('Your library is empty').waitFor()
  }),
  exampleScene('library-unreachable', async (page, stage) => {
    await logIn(page, stage)
    await page.route(`${stage.server.url}/v1/users/**`, (route) => route.abort())
    await go(page, 'Library')
    await page.getByRole('alert').waitFor()
  }),
  exampleScene('no-track', async (page, stage) => {
    await logIn(page, stage)
    await page.goto(`${stage.example.origin}/#/tracks/nowhere`)
    await page.getByRole('alert').waitFor()
  }),
]
