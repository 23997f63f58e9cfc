import { randomBytes } from 'node:crypto'
import { fileServer } from '@stagedoor/testkit/server'
import { formTo, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { maximumRedirectUris } from '../../src/apps/rules.ts'
import { redirectUri } from './developer.ts'
import { developerOf, newName } from './registered.ts'

const server = await fileServer()
const developer = (fields?: Readonly<Record<string, string>>) => developerOf(server, fields)

describe('editing an app', () => {
  test('changes what was typed, and nobody’s tokens', async () => {
    const { browser, app, save, stored } = await developer()
    const { access } = await app.pair(browser)
    const name = newName()
    const uris = [redirectUri, 'http://localhost:3000/cb', 'myapp://callback']
    const page = await save({ name, description: 'Two\r\nlines', redirect_uris: uris.join('\r\n') })
    expect(wordsOf(page)).toContain('Your app is saved')
    expect(await stored()).toMatchObject({ name, description: 'Two\nlines', redirectUris: uris })
    expect(await app.me(access)).toBe(200)
    expect((await app.begin(browser, { prompt: 'consent' })).text).toContain(name)
  })

  test('tells people what the app says of itself where it asks for their account, and where they end that', async () => {
    const { browser, app, save, path, stored } = await developer()
    expect((await app.begin(browser)).text).not.toContain('noreferrer')
    const said = { client_uri: 'https://app.example/', tos_uri: 'https://app.example/terms' }
    const contact = 'a?b=c@app.example'
    await save({ ...said, contact })
    const link = (href: string, word: string) =>
      `<a href="${href}" target="_blank" rel="noreferrer">${word}</a>`
    const links = [
      link(said.tos_uri, 'terms'),
      link(said.client_uri, 'website'),
      link('mailto:a%3Fb%3Dc@app.example', 'contact'),
    ].join(' · ')
    expect((await app.begin(browser)).text).toContain(links)
    await app.logIn(browser)
    expect((await browser.open('/account/apps')).text).toContain(links)
    const page = await save({ client_uri: 'app.example', tos_uri: '' })
    expect(page.status).toBe(422)
    expect(formTo(page, path).fields['client_uri']).toBe('app.example')
    expect(wordsOf(page)).toContain('The website must begin with https://.')
    expect((await stored()).facts).toMatchObject({ tosUri: said.tos_uri, contact })
  })

  test('is refused whole, with what was typed (PO-8)', async () => {
    const { path, save, stored } = await developer()
    const before = await stored()
    const typed = {
      name: 'Аudius',
      description: 'x'.repeat(301),
      redirect_uris: 'https://good.example/\nhttp://app.example/\nhttps://8.8.8.8/',
    }
    const page = await save(typed)
    expect(page.status).toBe(422)
    expect(formTo(page, path).fields).toMatchObject(typed)
    expect(wordsOf(page)).toContain('http://app.example/: It must begin with https://')
    expect(wordsOf(page)).toContain('https://8.8.8.8/: Its host may not be an IP address')
    expect(wordsOf(page)).toContain('The description must be text of up to 300 characters')
    expect(await stored()).toEqual(before)
  })

  test('in two tabs: what one changes, the other does not undo', async () => {
    const { browser, path, stored } = await developer({
      redirect_uris: 'https://a.example/\nhttps://b.example/',
    })
    const [one, other] = [await browser.open(path), await browser.open(path)].map((tab) => formTo(tab, path))
    if (!one || !other) expect.unreachable()
    const name = newName()
    await browser.submit(one, { name, redirect_uris: 'https://b.example/\nhttps://c.example/' })
    await browser.submit(other, {
      description: 'From the other',
      redirect_uris: 'https://a.example/\nhttps://b.example/\nhttps://d.example/',
    })
    expect(await stored()).toMatchObject({
      name,
      description: 'From the other',
      redirectUris: ['https://b.example/', 'https://c.example/', 'https://d.example/'],
    })
  })

  test('takes as many redirect URIs as there may be, and not one more (RU-16)', async () => {
    const { path, save, stored } = await developer()
    const uris = Array.from({ length: maximumRedirectUris }, (_, n) => `https://${n}.example/`)
    expect((await save({ redirect_uris: uris.join('\n') })).status).toBe(200)
    expect((await stored()).redirectUris).toEqual(uris)
    const page = await save({ redirect_uris: [...uris, 'https://more.example/'].join('\n') })
    expect(page.status).toBe(422)
    expect(wordsOf(page)).toContain('50 redirect URIs at most')
    expect(formTo(page, path).fields['redirect_uris']).toContain('https://more.example/')
    expect((await stored()).redirectUris).toEqual(uris)
  })

  test('says which redirect URIs are for development, which for production, and what is missing', async () => {
    const local = ['http://localhost:5173/', 'https://app.localhost/cb', 'http://[::1]/']
    const { browser, path, save } = await developer({ redirect_uris: local.join('\n') })
    const sets = async () => {
      const { redirect_uris: production, development_uris: development } = formTo(
        await browser.open(path),
        path,
      ).fields
      return { production, development }
    }
    expect(await sets()).toEqual({ production: '', development: local.join('\n') })
    expect(wordsOf(await browser.open(`${path}/quickstart`))).toContain(
      'Register a redirect URI for production To do.',
    )
    const live = ['https://localhost.example/cb', 'myapp://localhost/cb']
    await save({ redirect_uris: '', development_uris: [...live, ...local].join('\n') })
    expect(await sets()).toEqual({ production: live.join('\n'), development: local.join('\n') })
    await save({ development_uris: '' })
    expect(wordsOf(await browser.open(`${path}/quickstart`))).toContain('Keep development out of it Done.')
  })

  test('says what is wrong with each line beside the field that it stands in', async () => {
    const { path, save } = await developer()
    const development = 'http://localhost:5173/#done'
    const production = 'http://app.example/\nhttps://8.8.8.8/\nhttps://fine.example/'
    const page = await save({ redirect_uris: production, development_uris: development })
    expect(page.status).toBe(422)
    expect(formTo(page, path).fields).toMatchObject({
      redirect_uris: production,
      development_uris: development,
    })
    const beside = (field: string) =>
      new RegExp(`<p class="wrong" id="${field}-error">(.*?)</p>`)
        .exec(page.text)?.[1]
        ?.replace(/<[^>]+>/g, '')
    expect(beside('development_uris')).toBe('It may not contain a fragment (#).')
    expect(beside('redirect_uris')).toMatch(
      /^http:\/\/app\.example\/: It must begin .*https:\/\/8\.8\.8\.8\/: Its host/,
    )
  })

  test('without redirect URIs nobody can log in, and the page says so', async () => {
    const { browser, app, save, path } = await developer()
    const login = await app.logIn(browser)
    await save({ redirect_uris: '' })
    expect(wordsOf(await browser.open(path))).toContain('Nobody can log in yet')
    expect((await app.exchange(login)).status).toBe(400)
    expect((await app.begin(browser)).status).toBe(400)
  })

  test('shows what strangers wrote as text (PO-5)', async () => {
    const attack = `"><img src=x onerror=alert(1)></textarea><script>alert(1)</script>{{7*7}}`
    const { browser, path, app } = await developer({ name: `<b>${randomBytes(4).toString('hex')}</b>"'` })
    const refused = await browser.submit(formTo(await browser.open(path), path), {
      description: attack,
      redirect_uris: attack,
    })
    await browser.submit(formTo(await browser.open(path), path), { description: attack })
    const pages = [
      refused,
      await browser.open(path),
      await browser.open('/developers'),
      await browser.open(`${path}/delete`),
      await app.begin(browser),
    ]
    for (const { text } of pages) {
      expect(text).not.toMatch(/<img src=x|<script>|<b>/)
      expect(text.split('</textarea>')).toHaveLength(text.split('<textarea').length)
    }
  })
})
