import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileInstallation, remains, rows, settled } from '@stagedoor/testkit/installation'
import { png, wav } from '@stagedoor/testkit/media'
import {
  Browser,
  formTo,
  jun,
  nova,
  type Shown,
  sam,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'

const server = await fileInstallation()
const picture = (width = 400, height = 300) => new Blob([png(width, height)], { type: 'image/png' })
const workshop = () => readdirSync(join(server.folder, 'uploads', 'work'))
const profileForm = async (browser: Browser) => formTo(await browser.open('/account'), '/account/profile')
const uploads = () => remains(server.folder).rows.length

/** What the profile shows, by the CID in its address. */
const shownCids = ({ text }: Shown) =>
  [...text.matchAll(/\/content\/(\w+)\/(\w+)\.jpg/g)].map(([, cid = '']) => cid)

async function sizesOf(cid: string, ...names: readonly string[]) {
  return Promise.all(
    names.map(async (name) => {
      const answer = await fetch(`${server.url}/content/${cid}/${name}.jpg`)
      const { width, height, exif } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
      return { width, height, exif }
    }),
  )
}

describe('a picture that comes with a form', () => {
  test('is made anew in every size, without what the file said beside it', async () => {
    const browser = await signedIn(server.url, nova)
    const withPlace = await sharp(png(400, 300))
      .withExif({ IFD0: { Copyright: 'secret place' } })
      .jpeg()
      .toBuffer()
    const form = await profileForm(browser)
    const answer = await browser.send(form, {
      profile_picture: new Blob([new Uint8Array(withPlace)]),
      cover_photo: picture(2400, 600),
    })
    expect(answer).toMatchObject({ status: 303 })
    const [banner = '', square = ''] = shownCids(await browser.open('/account'))
    expect(await sizesOf(square, '150x150', '480x480', '1000x1000')).toEqual(
      [150, 480, 1000].map((side) => ({ width: side, height: side, exif: undefined })),
    )
    expect(await sizesOf(banner, '640x', '2000x')).toMatchObject([
      { width: 640, height: 160 },
      { width: 2000, height: 500 },
    ])
    expect(await settled(server.folder)).toMatchObject({ incoming: [], work: [] })
  })

  test('takes the place of the one before, which is released', async () => {
    const browser = await signedIn(server.url, jun)
    await browser.send(await profileForm(browser), { profile_picture: picture(10, 10) })
    const [first = ''] = shownCids(await browser.open('/account'))
    await browser.send(await profileForm(browser), { profile_picture: picture(11, 11) })
    const [second] = shownCids(await browser.open('/account'))
    expect(second).not.toBe(first)
    expect((await fetch(`${server.url}/content/${first}/150x150.jpg`)).status).toBe(404)
    await browser.send(await profileForm(browser), { remove_profile_picture: 'yes' })
    expect(shownCids(await browser.open('/account'))).toEqual([])
  })

  test('sent twice at once is one picture', async () => {
    const browser = await signedIn(server.url, sam)
    const form = await profileForm(browser)
    const answers = await Promise.all(
      [1, 2].map(() => browser.send(form, { profile_picture: picture(77, 77) })),
    )
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const [cid = ''] = shownCids(await browser.open('/account'))
    expect((await fetch(`${server.url}/content/${cid}/150x150.jpg`)).status).toBe(200)
    await expect.poll(workshop).toEqual([])
  })

  test('need not be chosen again when a text is wrong', async () => {
    const browser = await signedIn(server.url, jun)
    const refused = await browser.send(await profileForm(browser), {
      name: '',
      website: 'javascript:alert(1)',
      profile_picture: picture(20, 20),
    })
    expect(refused.status).toBe(422)
    expect(wordsOf(refused)).toMatch(/Please check these:.*name of 1 to 64.*web address.*is kept/)
    expect(shownCids(refused)).toEqual([])
    const form = formTo(refused, '/account/profile')
    expect(form.fields['website']).toBe('javascript:alert(1)')
    const saved = await browser.submit(form, { name: 'Jun', website: 'https://jun.example' })
    expect(shownCids(saved)).toHaveLength(1)
  })

  test('of somebody else is not to be had by its CID', async () => {
    const [own, other] = [await signedIn(server.url, nova), await signedIn(server.url, sam)]
    const refused = await own.send(await profileForm(own), { name: '', profile_picture: picture(31, 31) })
    const kept = formTo(refused, '/account/profile').fields['kept_profile_picture'] ?? ''
    expect(kept).toMatch(/^bafkrei/)
    for (const cid of [kept, '../../etc/passwd', 'bafkrei', '"><script>']) {
      const shown = await other.send(await profileForm(other), { kept_profile_picture: cid })
      expect(shown.status).toBe(422)
      expect(wordsOf(shown)).toContain('Choose your picture again.')
      expect(shown.text).not.toContain('"><script>')
    }
    const mine = await own.send(await profileForm(own), { kept_profile_picture: kept })
    expect(mine.status).toBe(303)
  })

  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['audio', wav(0.1)],
    ['a PNG without its end', png(300, 300).subarray(0, 60)],
    ['more pixels than fit', png(20_000, 20_000, { rows: 1 })],
  ])('is refused when it is %s, with the rest of the form kept', async (_, bytes) => {
    const browser = await signedIn(server.url, sam)
    const form = await profileForm(browser)
    const before = shownCids(await browser.open('/account'))
    const shown = await browser.send(form, {
      name: 'Typed Anew',
      profile_picture: new Blob([bytes], { type: 'image/png' }),
    })
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toMatch(/This is not a picture/)
    expect(formTo(shown, '/account/profile').fields['name']).toBe('Typed Anew')
    expect(shownCids(await browser.open('/account'))).toEqual(before)
    await expect.poll(workshop).toEqual([])
  })

  test('is refused when it is larger than 10 MB, and nothing of it stays', async () => {
    const browser = await signedIn(server.url, sam)
    const shown = await browser.send(await profileForm(browser), {
      profile_picture: new Blob([Buffer.alloc(10_485_761)]),
    })
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toContain('larger than 10 MB')
    await expect.poll(workshop).toEqual([])
  })
})

describe('a form with files', () => {
  test('of another site is refused before any of its files is kept', async () => {
    const browser = await signedIn(server.url, nova)
    const form = await profileForm(browser)
    const before = uploads()
    const { csrf: _, ...others } = form.fields
    const forgeries = [
      browser.send(form, { profile_picture: picture() }, { origin: 'https://evil.example' }),
      browser.send(form, { profile_picture: picture() }, { 'sec-fetch-site': 'cross-site' }),
      browser.send({ ...form, fields: { ...others, csrf: 'x' } }, { profile_picture: picture() }),
      // The token comes, but after the file.
      browser.send({ ...form, fields: {} }, { profile_picture: picture(), ...form.fields }),
    ]
    for (const shown of await Promise.all(forgeries)) expect(shown.status).toBe(403)
    expect(uploads()).toBe(before)
    await expect.poll(workshop).toEqual([])
  })

  test('of who is signed out keeps what was typed and no file', async () => {
    const browser = await signedIn(server.url, nova)
    const form = await profileForm(browser)
    const stranger = new Browser(server.url)
    for (const [name, value] of browser.cookies)
      if (name.includes('browser')) stranger.cookies.set(name, value)
    const before = uploads()
    const held = await stranger.send(form, { name: 'Kept', profile_picture: picture() })
    expect(held.status).toBe(401)
    expect(formTo(held, '/account/profile').fields['name']).toBe('Kept')
    expect(held.text).toContain('is kept on this page, but for pictures')
    expect(uploads()).toBe(before)
    await expect.poll(workshop).toEqual([])
  })

  test.each([
    [
      'with too many fields',
      (body: FormData) => Array.from({ length: 60 }, (_, index) => body.append(`f${index}`, '')),
    ],
    ['with a field too long', (body: FormData) => body.append('bio', 'x'.repeat(70_000))],
    [
      'with too many files',
      (body: FormData) => Array.from({ length: 5 }, () => body.append('f', picture(), 'f.png')),
    ],
  ])('is refused %s', async (_, add) => {
    const browser = await signedIn(server.url, nova)
    const body = new FormData()
    body.append('csrf', (await profileForm(browser)).fields['csrf'] ?? '')
    add(body)
    const shown = await browser.request('/account/profile', {
      method: 'POST',
      headers: { origin: server.url },
      body,
    })
    expect(shown.status).toBe(413)
    await expect.poll(workshop).toEqual([])
  })

  test.each([
    ['no boundary', 'multipart/form-data', '--x'],
    [
      'no end',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="csrf"\r\n\r\nabc',
    ],
    ['no body', 'multipart/form-data; boundary=x', ''],
    ['a boundary that never comes', 'multipart/form-data; boundary=y', 'a'.repeat(5000)],
  ])('that has %s is refused', async (_, type, body) => {
    const browser = await signedIn(server.url, nova)
    const headers = { 'content-type': type, origin: server.url }
    const shown = await browser.request('/account/profile', { method: 'POST', headers, body })
    expect([400, 403, 415]).toContain(shown.status)
  })

  test('whose names are those of every object is but a form', async () => {
    const browser = await signedIn(server.url, nova)
    const form = await profileForm(browser)
    const shown = await browser.send(form, { __proto__: 'x', constructor: 'y', toString: 'z', name: 'Nova' })
    expect(shown.status).toBe(303)
  })

  /** Sends the beginning of a picture and keeps the connection open. */
  async function begin(browser: Browser) {
    const { csrf = '' } = formTo(await browser.open('/account'), '/account/profile').fields
    const part = (name: string, rest: string) =>
      `--x\r\ncontent-disposition: form-data; name="${name}"${rest}\r\n\r\n`
    const head = `${part('csrf', '')}${csrf}\r\n${part('profile_picture', '; filename="a.png"')}`
    const socket = connect(server.port, 'localhost')
    const send = () => {
      const cookie = Array.from(browser.cookies, ([name, value]) => `${name}=${value}`).join('; ')
      socket.write(
        `POST /account/profile HTTP/1.1\r\nHost: localhost:${server.port}\r\nOrigin: ${server.url}\r\nCookie: ${cookie}\r\n` +
          `Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 500000\r\n\r\n${head}${'p'.repeat(100_000)}`,
      )
    }
    return { socket, send }
  }

  test('whose sender goes away leaves nothing behind', async () => {
    const { socket, send } = await begin(await signedIn(server.url, nova))
    send()
    await expect.poll(workshop).toHaveLength(1)
    socket.destroy()
    await expect.poll(workshop).toEqual([])
  })

  test('of who is signed out is not even kept while it arrives', async () => {
    const [browser, other] = [await signedIn(server.url, nova), await signedIn(server.url, nova)]
    const [ended, kept] = [await begin(browser), await begin(other)]
    for (const name of browser.cookies.keys()) if (name.includes('session')) browser.cookies.delete(name)
    ended.send()
    kept.send()
    await expect.poll(() => workshop().length).toBeGreaterThan(0)
    expect(workshop()).toHaveLength(1)
    for (const { socket } of [ended, kept]) socket.destroy()
    await expect.poll(workshop).toEqual([])
  })
})

test('the picture of a deleted account is served no more, and waits for the next sweep', async () => {
  const browser = new Browser(server.url)
  const person = { handle: 'leaves_us', password: 'a leaving pass-phrase' }
  const form = formTo(await browser.open('/sign-up'), '/sign-up')
  await browser.submit(form, { ...person, name: 'Leaves', email: 'leaves@example.com' })
  await browser.send(await profileForm(browser), { profile_picture: picture(55, 55) })
  const [cid = ''] = shownCids(await browser.open('/account'))
  const address = `${server.url}/content/${cid}/150x150.jpg`
  expect((await fetch(address)).status).toBe(200)
  await browser.submit(formTo(await browser.open('/account/data'), '/account/delete'), person)
  expect((await fetch(address)).status).toBe(404)
  const its = 'uploads.user_id = (SELECT id FROM users WHERE handle_key = ?)'
  const waiting = `SELECT count(*) AS n FROM uploads WHERE ${its} AND claimed_at IS NULL AND expires_at <= ?`
  expect(rows(server.folder, waiting, person.handle, Date.now())).toEqual([{ n: 1 }])
})

test('an unclaimed picture of a form goes after a day', async () => {
  const found = rows(
    server.folder,
    'SELECT count(*) AS n FROM uploads WHERE claimed_at IS NULL AND expires_at - created_at > 86400000',
  )
  expect(found[0]?.['n']).toBe(0)
})
