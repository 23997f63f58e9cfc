import type { Page } from 'playwright-core'
import { makeMedia } from '../harness/media.ts'
import { allow, reach, signIn } from '../harness/people.ts'
import { authorization, type Server } from '../harness/server.ts'
import type { Site } from '../harness/web.ts'

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

export const mistyped = { handle: 'nova', password: 'wrong pass-phrase' }

export async function asked(page: Page, { server, example }: Stage, params: Record<string, string> = {}) {
  await page.goto(authorization(server, { redirect_uri: `${example.origin}/`, ...params }).url)
}

export async function signedIn(page: Page, { server }: Stage) {
  await page.goto(`${server.url}/sign-in`)
  await signIn(page, server.sample('nova'))
  await reach(page, `${server.url}/`)
}

export async function consent(page: Page, stage: Stage, params: Record<string, string>) {
  await signedIn(page, stage)
  await asked(page, stage, { prompt: 'consent', ...params })
  await page.getByRole('button', { name: 'Allow' }).waitFor()
}

/** Somebody who was shown a code by a device, asked about it; answers what the device asks for its tokens with. */
export async function device(page: Page, stage: Stage): Promise<URLSearchParams> {
  const { url, apiKey } = stage.server
  const begun = await fetch(`${url}/v1/oauth/device_authorization`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: apiKey, scope: 'openid email' }),
  })
  const { verification_uri_complete: address, device_code } = await begun.json()
  await signedIn(page, stage)
  await page.goto(address)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
  return new URLSearchParams({ grant_type, device_code, client_id: apiKey })
}

/** Somebody signed in where an app asks for another person, whose ID token it holds. */
export async function askedForAnother(page: Page, stage: Stage) {
  const { server } = stage
  const body = await device(page, stage)
  await allow(page)
  await page.getByRole('heading', { name: 'Go on at your device' }).waitFor()
  const { id_token } = await (await fetch(`${server.url}/v1/oauth/token`, { method: 'POST', body })).json()
  await page.goto(`${server.url}/sign-in`)
  await signIn(page, server.sample('jun'))
  await reach(page, `${server.url}/`)
  await asked(page, stage, { id_token_hint: id_token })
}

/** Somebody new on one of their own pages. */
export async function ownPage(page: Page, { server }: Stage, path: string) {
  const person = await server.newPerson()
  await page.goto(`${server.url}/sign-in?next=${encodeURIComponent(path)}`)
  await signIn(page, person)
  await reach(page, server.url + path)
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
  await page.getByLabel('Redirect URIs for production').fill('https://wavelength.example/callback')
  await page.getByRole('button', { name: 'Create app' }).click()
  await page.getByRole('link', { name: 'Quickstart' }).waitFor()
}

/** Registers an app with a logo and all that it can say of itself as somebody new; ends on its page. */
export async function appWithLogo(page: Page, stage: Stage) {
  await ownPage(page, stage, '/developers')
  await page.getByLabel('Name').fill(`Tidewater ${Date.now() % 100_000}`)
  await page.getByRole('button', { name: 'Create app' }).click()
  const media = await makeMedia()
  page.context().once('close', () => media.delete())
  await page.getByLabel('Logo').setInputFiles(media.cover)
  await page.getByLabel('Website').fill('https://tidewater.example/')
  await page.getByLabel('Terms').fill('https://tidewater.example/terms')
  await page.getByLabel('Privacy policy').fill('https://tidewater.example/privacy')
  await page.getByLabel('Contact').fill('help@tidewater.example')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Your app is saved.').waitFor()
}

/** Begins a test login of an app; ends on the consent page. */
export async function testLogin(page: Page, stage: Stage) {
  await appWithLogo(page, stage)
  await page.getByRole('link', { name: 'Test login' }).click()
  await page.getByRole('button', { name: 'Test login' }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
}

/** Registers an app as nova, and has people log in with it, refuse it and use it wrongly; answers its API key. */
export async function usedApp(page: Page, stage: Stage): Promise<string> {
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
    await reach(page, `${redirect_uri}*`)
    const code = new URL(page.url()).searchParams.get('code') ?? ''
    const body = { grant_type: 'authorization_code', code, code_verifier, redirect_uri }
    const tokens: { access_token: string } = await (await post('/v1/oauth/token', body)).json()
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    for (let call = 0; call < 4; call += 1) await fetch(`${url}/v1/me`, { headers })
    await fetch(`${url}/v1/tracks/search?query=a&api_key=${api_key}`)
  }
  await ask({ prompt: 'consent' })
  await page.getByRole('button', { name: 'Cancel' }).press('Enter')
  await reach(page, `${redirect_uri}*`)
  await ask({ redirect_uri: 'https://wavelength.example/callback/' })
  await post('/v1/oauth/token', { grant_type: 'refresh_token', refresh_token: 'sdrt_of_another_day' })
  return api_key
}

/** Asks for a link to a new password, on the way to an app. */
export async function forgot(page: Page, stage: Stage) {
  const { handle } = await stage.server.newPerson()
  await asked(page, stage)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('Email or handle').fill(handle)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look at your mail' }).waitFor()
}

/** Opens the link of the newest mail in the outbox. */
export async function openMail(page: Page, { server }: Stage, link: RegExp) {
  await page.goto(`${server.url}/dev/outbox`)
  await page.getByRole('link', { name: link }).first().click()
}

/** Asks for another email, as somebody new. */
export async function askForEmail(page: Page, stage: Stage) {
  const person = await ownPage(page, stage, '/account/security')
  await page.getByLabel('New email').fill(`new.${person.handle}@example.org`)
  await page.locator('#email_password').fill(person.password)
  await page.getByRole('button', { name: 'Change email' }).click()
  await page.getByText('waits to be confirmed').waitFor()
}

/** Opens an account with the email of a sample, which somebody else has confirmed; ends on one of its pages. */
export async function unconfirmed(page: Page, { server }: Stage, path: string) {
  await page.goto(`${server.url}/sign-up?next=${encodeURIComponent(path)}`)
  await page.getByLabel('Handle').fill(`waiting_${Date.now() % 1_000_000}`)
  await page.getByLabel('Name').fill('Kim Waiting')
  await page.getByLabel('Email').fill('nova@example.com')
  await page.getByLabel('Password').fill('a new pass-phrase')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('button', { name: 'Send the link again' }).waitFor()
}
