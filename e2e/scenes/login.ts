import { signIn } from '../harness/people.ts'
import {
  asked,
  askedForAnother,
  askForEmail,
  consent,
  createApp,
  device,
  forgot,
  mistyped,
  openMail,
  type Scene,
  serverScene,
  signedIn,
} from './stage.ts'

/** What people see on the way into an app, and around it. */
export const loginScenes: readonly Scene[] = [
  serverScene('home', (page, { server }) => page.goto(server.url)),
  serverScene('home-signed-in', signedIn),
  serverScene('api-docs', (page, { server }) => page.goto(`${server.url}/docs/api`)),
  serverScene('sign-in', (page, stage) => asked(page, stage)),
  serverScene('sign-in-wrong', async (page, stage) => {
    await asked(page, stage)
    await signIn(page, mistyped)
    await page.getByRole('alert').waitFor()
  }),
  serverScene('sign-in-as-another', askedForAnother),
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
  serverScene('emulator', async (page, stage) => {
    await forgot(page, stage)
    await page.goto(`${stage.server.url}/emulator`)
    await page.getByRole('button', { name: 'Add the fault' }).click()
    await page.getByRole('button', { name: 'End all faults' }).waitFor()
  }),
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
  serverScene('docs', async (page, { server }) => {
    await page.goto(`${server.url}/docs/concepts/sessions`)
    await page.getByRole('button', { name: 'Copy for an assistant' }).waitFor()
  }),
  serverScene('docs-search', async (page, { server }) => {
    await page.goto(`${server.url}/docs/start/react`)
    await page.getByLabel('Search the documentation').fill('popup blocked')
    await page.getByRole('link', { name: /The popup does not open/ }).waitFor()
  }),
  serverScene('sdk-docs', (page, { server }) => page.goto(`${server.url}/sdk`)),
  serverScene('error-docs', (page, { server }) => page.goto(`${server.url}/docs/errors`)),
  serverScene('gone', (page, { server }) => page.goto(`${server.url}/consent?request=old`)),
  serverScene('no-page', (page, { server }) => page.goto(`${server.url}/nowhere`)),
  serverScene('sign-out', async (page, stage) => {
    await signedIn(page, stage)
    await page.goto(`${stage.server.url}/sign-out`)
  }),
  serverScene('signed-out', (page, { server }) => page.goto(`${server.url}/signed-out`)),
]
