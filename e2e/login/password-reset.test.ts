import type { Page, Request } from 'playwright-core'
import { describe } from 'vitest'
import { allow, openPopup, pressAndClose, signIn } from '../harness/people.ts'
import type { Server } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

/** Opens the newest mail's link in the outbox. */
async function openLink(page: Page, server: Server, subject: string) {
  await page.goto(`${server.url}/dev/outbox`)
  const mail = page.locator('section', { has: page.getByRole('heading', { name: subject }) }).first()
  await mail.getByRole('link').click()
}

const forgot = async (page: Page, handle: string) => {
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('Email or handle').fill(handle)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look at your mail' }).waitFor()
}

const choose = async (page: Page, password: string) => {
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Set password' }).click()
}

describe('A forgotten password', () => {
  test('does not end the login that it was in the way of', async ({ page, example, server, person }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await signIn(popup, { ...person, password: 'a forgotten pass-phrase' })
    await popup.getByRole('alert').waitFor()
    await forgot(popup, person.handle)
    await popup.getByRole('link', { name: 'outbox' }).click()
    await popup
      .getByRole('link', { name: /reset-password\/new/ })
      .first()
      .click()
    await choose(popup, 'a new pass-phrase')
    await pressAndClose(popup, 'Allow')
    await page.getByText(`@${person.handle}`).waitFor()
    await page.goto(`${server.url}/account/security`)
    await page.getByText('(this one)').waitFor()
  })

  test('is replaced on the full page, from a mail that is opened in another tab', async ({
    page,
    example,
    server,
    person,
  }) => {
    await page.goto(example.origin)
    await page.getByRole('button', { name: 'Log in on the full page' }).click()
    await forgot(page, person.handle)
    const mail = await page.context().newPage()
    await openLink(mail, server, 'Reset your Audius password')
    await choose(mail, 'a new pass-phrase')
    await allow(mail)
    await mail.getByText(`@${person.handle}`).waitFor()
    expect(new URL(mail.url()).origin).toBe(example.origin)
  })

  test('is replaced without script, and the way back leads to a page that says what happened', async ({
    browser,
    server,
    person,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${server.url}/sign-in`)
    await forgot(page, person.handle)
    await openLink(page, server, 'Reset your Audius password')
    await choose(page, 'a new pass-phrase')
    await page.getByRole('status').getByText('Your new password is set').waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'This link has ended' }).waitFor()
    await page.getByRole('link', { name: 'Get another link' }).click()
    await page.getByRole('button', { name: 'Send the link' }).waitFor()
    await context.close()
  })

  test('sends no token anywhere: not as Referer, not with the form’s Origin', async ({
    page,
    server,
    person,
  }) => {
    await page.goto(`${server.url}/sign-in`)
    await forgot(page, person.handle)
    const finished: Request[] = []
    await openLink(page, server, 'Reset your Audius password')
    page.on('requestfinished', (request) => finished.push(request))
    await page.reload()
    await choose(page, 'a new pass-phrase')
    await page.getByRole('status').waitFor()
    await expect.poll(() => finished.map((request) => request.method())).toContain('POST')
    expect(finished.length).toBeGreaterThan(3)
    const sent = await Promise.all(finished.map((request) => request.allHeaders()))
    for (const { referer = '' } of sent) expect(referer).not.toContain('token')
    expect(sent.find(({ origin }) => origin !== undefined)?.['origin']).toBe(server.url)
  })
})

test('A new email is confirmed by its link, and signs in', async ({ page, server }) => {
  const person = await server.newPerson()
  await page.goto(`${server.url}/sign-in?next=/account/security`)
  await signIn(page, person)
  await page.getByLabel('New email').fill(`new.${person.handle}@example.org`)
  await page.locator('#email_password').fill(person.password)
  await page.getByRole('button', { name: 'Change email' }).click()
  await page.getByText('waits to be confirmed').waitFor()
  await openLink(page, server, 'Confirm your email for Audius')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('heading', { name: 'Your email is confirmed' }).waitFor()
  await page.context().clearCookies()
  await page.goto(`${server.url}/sign-in?next=/account/security`)
  await signIn(page, { ...person, handle: `new.${person.handle}@example.org` })
  await page.getByText(`new.${person.handle}@example.org`).waitFor()
})
