import type { Page } from 'playwright-core'
import { allow, openPopup, pressAndClose, signIn } from './harness/people.ts'
import { authorization, type Server } from './harness/server.ts'
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

async function asked(page: Page, { server, example }: Stage, params: Record<string, string> = {}) {
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

/** Somebody new on one of their own pages. */
async function ownPage(page: Page, { server }: Stage, path: string) {
  const person = await server.newPerson()
  await page.goto(`${server.url}/sign-in?next=${encodeURIComponent(path)}`)
  await signIn(page, person)
  await page.waitForURL(server.url + path)
  return person
}

const serverScene = (name: string, show: (page: Page, stage: Stage) => Promise<unknown>): Scene => ({
  name,
  show: async (page, stage) => {
    await show(page, stage)
    return page
  },
})

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
  serverScene('consent-unregistered', (page, stage) =>
    consent(page, stage, { app_name: 'Gig finder', scope: 'read' }),
  ),
  serverScene('mismatch', (page, stage) =>
    asked(page, stage, { redirect_uri: 'https://example.com/callback' }),
  ),
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
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
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
]
