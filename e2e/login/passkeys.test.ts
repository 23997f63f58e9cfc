import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { fillInNothing, giveDevice, giveFillingDevice } from '../harness/passkeys.ts'
import { openPopup, pressAndClose, reach, signIn } from '../harness/people.ts'
import type { Person, Server } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

async function toSecurity(page: Page, server: Server, person: Person) {
  await page.goto(`${server.url}/sign-in?next=/account/security`)
  await signIn(page, person)
  await page.getByRole('heading', { name: 'Passkeys' }).waitFor()
}

async function addPasskey(page: Page, person: Person) {
  await page.locator('#passkey_password').fill(person.password)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('status').getByText('Your passkey is added').waitFor()
}

async function signOut(page: Page, server: Server) {
  await page.goto(`${server.url}/sign-out`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
}

const usePasskey = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' }).click()

describe('A passkey', () => {
  test('is made with the password, and signs in without it', async ({ page, server, person }) => {
    const device = await giveDevice(page)
    await toSecurity(page, server, person)
    await page.locator('#passkey_password').fill('not my pass-phrase')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('This is not your current password.').waitFor()
    expect(await device.credentials()).toEqual([])
    await addPasskey(page, person)
    await page.getByText('not used yet').waitFor()
    await signOut(page, server)
    await page.goto(`${server.url}/sign-in?next=/account/security`)
    await usePasskey(page)
    await page.getByText('Added today, last used today').waitFor()
  })

  test('is refused by a device that does not know who holds it', async ({ page, server, person }) => {
    const device = await giveDevice(page)
    await toSecurity(page, server, person)
    await addPasskey(page, person)
    await signOut(page, server)
    await device.unlocks(false)
    await page.goto(`${server.url}/sign-in`)
    await usePasskey(page)
    await page.getByText('No passkey was used').waitFor()
    await device.unlocks(true)
    await usePasskey(page)
    await reach(page, `${server.url}/`)
  })

  test('is made once on each device; one that is removed signs in no more', async ({
    page,
    server,
    person,
  }) => {
    const device = await giveDevice(page)
    await toSecurity(page, server, person)
    await addPasskey(page, person)
    await page.locator('#passkey_password').fill(person.password)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('This device has a passkey for your account already.').waitFor()

    const tab = await page.context().newPage()
    const other = await giveDevice(tab)
    await tab.goto(`${server.url}/account/security`)
    await addPasskey(tab, person)
    const remove = tab.getByRole('button', { name: /^Remove/ })
    expect(await remove.count()).toBe(2)
    expect(await other.credentials()).toHaveLength(1)

    // The newest stands first: the one of this tab's device.
    await remove.first().click()
    await tab.getByRole('status').getByText('The passkey is removed').waitFor()
    await signOut(tab, server)
    await tab.goto(`${server.url}/sign-in`)
    await usePasskey(tab)
    await tab.getByRole('alert').getByText('This passkey did not sign you in').waitFor()

    await page.goto(`${server.url}/sign-in`)
    await usePasskey(page)
    await reach(page, `${server.url}/`)
    expect(await device.credentials()).toHaveLength(1)
  })

  test('is among what the browser fills in', async ({ page, server, person }) => {
    const device = await giveDevice(page)
    await toSecurity(page, server, person)
    await addPasskey(page, person)
    await signOut(page, server)
    const tab = await page.context().newPage()
    await giveFillingDevice(tab, await device.credentials())
    await tab.goto(`${server.url}/sign-in?next=/account/security`)
    await tab.getByText('Added today, last used today').waitFor()
  })

  test('logs a person in to an app by popup', async ({ page, example, server, person }) => {
    const device = await giveDevice(page)
    await toSecurity(page, server, person)
    await addPasskey(page, person)
    await signOut(page, server)
    await fillInNothing(page.context())
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await popup.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
    await giveDevice(popup, await device.credentials())
    await usePasskey(popup)
    await pressAndClose(popup, 'Allow')
    await page.getByText(`@${person.handle}`).waitFor()
  })
})
