import { fileInstallation, remains, rows, settled } from '@stagedoor/testkit/installation'
import { png, wav } from '@stagedoor/testkit/media'
import { hour } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import {
  type Browser,
  formTo,
  jun,
  nova,
  type Person,
  type Shown,
  sam,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Developed, developed } from '../wire/developer.ts'

const server = await fileInstallation()
const picture = (width = 40, height = 30) => new Blob([png(width, height)], { type: 'image/png' })
const uploads = () => remains(server.folder).rows.length

/** An app, and its page. */
async function app(person: Person = nova) {
  const its = await developed(server, person)
  const path = `/developers/${its.apiKey}`
  const form = async () => formTo(await its.browser.open(path), path)
  return {
    ...its,
    path,
    form,
    send: async (fields: Readonly<Record<string, string | Blob>>) => its.browser.send(await form(), fields),
    logo: async () => (await server.store.findApp(its.apiKey))?.logo ?? null,
  }
}

/** The addresses of the pictures on a page. */
const shown = ({ text }: Shown) => Array.from(text.matchAll(/<img src="([^"]+)"/g), ([, url = '']) => url)
const address = (cid: string | null, size = '150x150') => `${server.url}/content/${cid}/${size}.jpg`

async function imageUrl(apiKey: string): Promise<unknown> {
  const answer = await fetch(`${server.url}/v1/developer-apps/${apiKey}`)
  return (await answer.json()).data.image_url
}

/** The consent page of somebody whom the app asks. */
const asked = (browser: Browser, { app }: Pick<Developed, 'app'>) =>
  browser.open(app.authorizePath({ prompt: 'consent' }))

describe('the logo of an app', () => {
  test('is made anew in every size, without what the file said beside it', async () => {
    const { send, logo } = await app()
    const withPlace = await sharp(png(400, 300))
      .withExif({ IFD0: { Copyright: 'secret place' } })
      .jpeg()
      .toBuffer()
    expect(await send({ logo: new Blob([new Uint8Array(withPlace)]) })).toMatchObject({ status: 303 })
    for (const side of [150, 480, 1000]) {
      const answer = await fetch(address(await logo(), `${side}x${side}`))
      expect(answer.headers.get('content-type')).toBe('image/jpeg')
      const { width, height, exif } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
      expect({ width, height, exif }).toEqual({ width: side, height: side, exif: undefined })
    }
  })

  test('stands wherever the app does, and comes from here alone', async () => {
    const its = await app()
    await its.send({ logo: picture() })
    const url = address(await its.logo())
    expect(shown(await its.browser.open('/developers'))).toContain(url)
    for (const page of ['', '/quickstart', '/log', '/usage', '/delete'])
      expect(shown(await its.browser.open(its.path + page))).toContain(url)

    const person = await signedIn(server.url, jun)
    const consent = await asked(person, its)
    expect(shown(consent)).toContain(url)
    expect(consent.headers.get('content-security-policy')).toMatch(/(?:^|; )img-src 'self' data:(?:;|$)/)
    const { request = '' } = formTo(consent, '/consent').fields
    const signIn = await person.open(`/sign-in?request=${request}`)
    expect(shown(signIn)).toContain(url)
    await person.allow(consent)
    expect(shown(await person.open('/account/apps'))).toContain(url)
    const mismatch = its.app.authorizePath({ redirect_uri: 'https://app.example/other' })
    for (const browser of [person, its.browser]) {
      const page = await browser.open(mismatch)
      expect(page.status).toBe(400)
      expect(shown(page)).toContain(url)
    }

    expect(await imageUrl(its.apiKey)).toBe(address(await its.logo(), '480x480'))
  })

  test('is never that of an app that only takes its name', async () => {
    const its = await app()
    await its.send({ logo: picture() })
    const person = await signedIn(server.url, sam)
    const impostor = new App(server.url, { appName: 'Gig Finder' }, its.app.redirectUri)
    const consent = await person.open(impostor.authorizePath())
    expect(wordsOf(consent)).toContain('Allow “ Gig Finder ”')
    expect(consent.text).not.toContain(`/content/${await its.logo()}`)
  })

  test('takes the place of the one before, which is released and swept', async () => {
    const { send, logo } = await app()
    await send({ logo: picture(41, 41) })
    const first = await logo()
    await send({ logo: picture(42, 42) })
    expect(await logo()).not.toBe(first)
    expect((await fetch(address(first))).status).toBe(404)
    const waiting =
      'SELECT count(*) AS n FROM uploads JOIN upload_files ON upload_id = id WHERE cid = ? AND claimed_at IS NULL'
    expect(rows(server.folder, waiting, first ?? '')).toEqual([{ n: 1 }])
    server.advance(2 * hour)
    await server.store.sweepUploads(Date.now() + 2 * hour, 100)
    expect(rows(server.folder, waiting, first ?? '')).toEqual([{ n: 0 }])
    expect((await fetch(address(await logo()))).status).toBe(200)
  })

  test('is removed by its box, and goes with its app', async () => {
    const { send, logo, apiKey, browser, path } = await app()
    await send({ logo: picture(43, 43) })
    const cid = await logo()
    expect(await send({ remove_logo: 'yes' })).toMatchObject({ status: 303 })
    expect(await logo()).toBeNull()
    expect(await imageUrl(apiKey)).toBeNull()
    await send({ logo: picture(43, 43) })
    expect((await fetch(address(cid))).status).toBe(200)
    await browser.submit(formTo(await browser.open(`${path}/delete`), `${path}/delete`))
    expect((await fetch(address(cid))).status).toBe(404)
  })

  test('stays when a form without one changes the rest', async () => {
    const { send, logo, apiKey } = await app()
    await send({ logo: picture(44, 44) })
    const cid = await logo()
    await send({ description: 'Other words' })
    expect(await server.store.findApp(apiKey)).toMatchObject({ description: 'Other words', logo: cid })
  })

  test('need not be chosen again when a text is wrong', async () => {
    const { browser, send, logo, path } = await app()
    const refused = await send({ name: 'Audius', logo: picture(45, 45) })
    expect(refused.status).toBe(422)
    expect(wordsOf(refused)).toContain('is kept, and is saved with the rest')
    expect(await logo()).toBeNull()
    await browser.submit(formTo(refused, path), { name: 'Forty-five' })
    expect((await fetch(address(await logo()))).status).toBe(200)
  })

  test('is not to be had by the CID of somebody else’s', async () => {
    const [own, other] = [await app(nova), await app(sam)]
    const refused = await own.send({ name: 'Audius', logo: picture(46, 46) })
    const kept = formTo(refused, own.path).fields['kept_logo'] ?? ''
    expect(kept).toMatch(/^bafkrei/)
    for (const cid of [kept, '../../etc/passwd', 'https://evil.example/x.svg', '"><script>']) {
      const answer = await other.send({ kept_logo: cid })
      expect(answer.status).toBe(422)
      expect(wordsOf(answer)).toContain('Choose your logo again.')
      expect(answer.text).not.toContain('"><script>')
      expect(formTo(answer, other.path).fields['kept_logo']).toBeUndefined()
    }
    expect(await other.logo()).toBeNull()
  })

  test.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['audio', wav(0.1)],
    ['a PNG without its end', png(300, 300).subarray(0, 60)],
    ['more pixels than fit', png(20_000, 20_000, { rows: 1 })],
  ])('is refused when it is %s named as a PNG, with the rest of the form kept', async (_, bytes) => {
    const { send, logo, path } = await app()
    const answer = await send({ name: 'Typed Anew', logo: new Blob([bytes], { type: 'image/png' }) })
    expect(answer.status).toBe(422)
    expect(wordsOf(answer)).toMatch(/Please check this:.*This is not a picture/)
    expect(formTo(answer, path).fields['name']).toBe('Typed Anew')
    expect(await logo()).toBeNull()
    expect((await settled(server.folder)).work).toEqual([])
  })

  test('is told to be wrong together with whatever else is', async () => {
    const { send, apiKey } = await app()
    const answer = await send({
      name: 'Audius',
      redirect_uris: 'http://8.8.8.8/',
      logo: new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/png' }),
    })
    expect(answer.status).toBe(422)
    for (const field of ['name', 'logo', 'redirect_uris']) expect(answer.text).toContain(`href="#${field}"`)
    expect((await server.store.findApp(apiKey))?.redirectUris).toEqual(['https://app.example/cb'])
  })

  test('is nobody’s to set but the owner’s', async () => {
    const its = await app(nova)
    const [stranger, form] = [await app(sam), await its.form()]
    const before = uploads()
    const csrf = (await stranger.form()).fields['csrf'] ?? ''
    const foreign = await stranger.browser.send(form, { csrf, logo: picture(47, 47) })
    expect(foreign.status).toBe(404)
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      expect((await its.browser.send(form, { logo: picture(47, 47) }, headers)).status).toBe(403)
    expect((await its.browser.send(form, { csrf: 'x', logo: picture(47, 47) })).status).toBe(403)
    expect(await its.logo()).toBeNull()
    expect(uploads()).toBe(before)
  })

  test('sent twice at once is one logo', async () => {
    const its = await app(jun)
    const form = await its.form()
    const answers = await Promise.all([1, 2].map(() => its.browser.send(form, { logo: picture(48, 48) })))
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect((await fetch(address(await its.logo()))).status).toBe(200)
  })
})
