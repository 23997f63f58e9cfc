import { describe } from 'vitest'
import { serveBare } from '../harness/bare.ts'
import { allow, closing, openPopup, pressAndClose, reach, signIn, tabTo } from '../harness/people.ts'
import { authorization } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

describe('Who a person is, on the server’s pages', () => {
  test('a wrong password is said, and the right one goes on', async ({ page, example, person }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await signIn(popup, { handle: 'nova', password: 'wrong pass-phrase' })
    await popup.getByRole('alert').getByText('do not match').waitFor()
    expect(await popup.getByLabel('Email or handle').inputValue()).toBe('nova')
    expect(await popup.getByLabel('Password').inputValue()).toBe('')
    await signIn(popup, person)
    await pressAndClose(popup, 'Allow')
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('an account is opened on the way, after its mistakes are named', async ({ page, example }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await popup.getByRole('link', { name: 'Sign up' }).click()
    await popup.getByLabel('Handle').fill('nova')
    await popup.getByLabel('Name').fill('Nova Nova')
    await popup.getByLabel('Email').fill('other@example.com')
    await popup.getByLabel('Password').fill('a new pass-phrase')
    await popup.getByRole('button', { name: 'Sign up' }).click()
    await popup.getByRole('alert').getByText('This handle is taken').waitFor()
    expect(await popup.getByLabel('Name').inputValue()).toBe('Nova Nova')
    await popup.getByLabel('Handle').fill('nova.nova')
    await popup.getByLabel('Password').fill('a new pass-phrase')
    await popup.getByRole('button', { name: 'Sign up' }).click()
    await pressAndClose(popup, 'Allow')
    await page.getByRole('heading', { name: 'Nova Nova' }).waitFor()
    await page.getByText('@nova.nova').waitFor()
  })

  test('a sample account is one click away in development', async ({ page, example }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await popup.getByRole('button', { name: 'Continue as @jun' }).click()
    await pressAndClose(popup, 'Allow')
    await page.getByRole('heading', { name: 'Jun Park' }).waitFor()
  })

  test('who is not the one signed in switches the account', async ({ page, example, server, person }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await signIn(popup, person)
    await popup.getByText(`@${person.handle}`).waitFor()
    await popup.getByRole('link', { name: 'Use another account' }).click()
    await signIn(popup, server.sample('sam'))
    await popup.getByText('@sam').waitFor()
    await pressAndClose(popup, 'Allow')
    await page.getByRole('heading', { name: 'Sam Lindqvist' }).waitFor()
  })

  test('the keyboard alone signs in and allows', async ({ page, example, person }) => {
    const { handle, password } = person
    await page.goto(example.origin)
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Log in with Audius' }))
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Enter')])
    await popup.getByLabel('Email or handle').and(popup.locator(':focus')).waitFor()
    await popup.keyboard.type(handle)
    await tabTo(popup, popup.getByLabel('Password'))
    await popup.keyboard.type(password)
    await popup.keyboard.press('Enter')
    await popup.getByRole('button', { name: 'Allow' }).waitFor()
    await tabTo(popup, popup.getByRole('button', { name: 'Allow' }))
    await closing(popup, () => popup.keyboard.press('Enter'))
    await page.getByText(`@${person.handle}`).waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Sign out' }))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
  })

  test('without scripts the pages lead from the request to the app', async ({ browser, server, person }) => {
    const bare = await serveBare(server)
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const redirectUri = `${bare.origin}/plain`
    const { url, verifier } = authorization(server, { redirect_uri: redirectUri, scope: 'write' })
    await page.goto(url)
    await signIn(page, person)
    await allow(page)
    await reach(page, `${redirectUri}#*`)
    const code = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('code')
    const answer = await fetch(`${server.url}/v1/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: code ?? '',
        code_verifier: verifier,
        client_id: server.apiKey,
        redirect_uri: redirectUri,
      }),
    })
    expect(await answer.json()).toMatchObject({ token_type: 'Bearer', scope: 'write' })
    await context.close()
    await bare.stop()
  })
})
