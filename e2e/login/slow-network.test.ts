import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, onTestFinished } from 'vitest'
import { reach, signIn } from '../harness/people.ts'
import { expect, test } from '../harness.ts'

const authorizeUrl = (origin: string, callback: string, state: string): string =>
  `${origin}/v1/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    app_name: 'Slow app',
    redirect_uri: callback,
    response_mode: 'query',
    state,
    code_challenge: createHash('sha256').update(`verifier-${state}`).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'consent',
  })}`

async function slowPage(context: BrowserContext, latency: number): Promise<Page> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
  return page
}

/** An app of its own, which notes what it is told at its callback. */
async function listeningApp() {
  const answers: URLSearchParams[] = []
  const app = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname === '/cb') answers.push(url.searchParams)
    response.setHeader('content-type', 'text/html').end('The app')
  })
  await new Promise<void>((resolve) => app.listen(0, 'localhost', resolve))
  onTestFinished(() => {
    app.close()
    app.closeAllConnections()
  })
  const address = app.address()
  if (!(address instanceof Object)) throw new Error('The app has no port.')
  return { callback: `http://localhost:${address.port}/cb`, answers }
}

describe('On a slow network', () => {
  test('a double click on Allow, and Enter twice, reach the app with one code', async ({
    context,
    server,
    person,
  }) => {
    const { callback, answers } = await listeningApp()
    const page = await slowPage(context, 150)
    await page.goto(authorizeUrl(server.url, callback, 'first'))
    await signIn(page, person)
    await page.getByRole('button', { name: 'Allow' }).dblclick({ delay: 30 })
    await reach(page, `${callback}*`)
    await page.goto(authorizeUrl(server.url, callback, 'second'))
    const allow = page.getByRole('button', { name: 'Allow' })
    await allow.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await reach(page, `${callback}*`)
    for (const state of ['first', 'second']) {
      const codes = answers.filter((answer) => answer.get('state') === state)
      expect(codes.length).toBeGreaterThan(0)
      expect(new Set(codes.map((answer) => answer.get('code'))).size).toBe(1)
      expect(codes[0]?.get('code')).toMatch(/^sdac_/)
    }
  })

  test('two tabs that open a login at once on a first visit both complete', async ({
    context,
    server,
    person,
  }) => {
    const { callback, answers } = await listeningApp()
    const tabs = [await slowPage(context, 300), await slowPage(context, 300)]
    await Promise.all(tabs.map((tab, index) => tab.goto(authorizeUrl(server.url, callback, `tab ${index}`))))
    for (const tab of tabs) {
      await tab.bringToFront()
      await signIn(tab, person)
      await tab.getByRole('button', { name: 'Allow' }).press('Enter')
      await reach(tab, `${callback}*`)
    }
    expect(answers.map((answer) => answer.get('state'))).toEqual(['tab 0', 'tab 1'])
    for (const answer of answers) expect(answer.get('code')).toMatch(/^sdac_/)
  })
})
