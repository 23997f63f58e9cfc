import { FakePhone } from '@stagedoor/testkit/fake-phone'
import { rejection, sdkOnPhone, sleep, until } from '@stagedoor/testkit/sdk'
import { serve } from '@stagedoor/testkit/token-server'
import { expect, test, vi } from 'vitest'

/** A login that the app shows itself. */
async function shown(by: 'config' | 'option' = 'option') {
  const server = await serve()
  const phone = new FakePhone()
  const openUrl = vi.fn((url: string) => {
    phone.page = url
  })
  const oauth = sdkOnPhone(phone.app, server.url, { services: by === 'config' ? { openUrl } : {} })
  const again = () => oauth.login(by === 'config' ? {} : { openUrl })
  const login = again()
  login.catch(() => {})
  await until(() => phone.page !== null)
  return { server, phone, oauth, openUrl, login, again, page: phone.page }
}

test.each(['config', 'option'] as const)(
  'a login shown by the app is completed by its link, by %s',
  async (by) => {
    const { phone, oauth, login, openUrl } = await shown(by)
    phone.openLink(phone.linkOf({ code: 'abc' }))
    await login
    expect(openUrl).toHaveBeenCalledOnce()
    expect(await oauth.isAuthenticated()).toBe(true)
  },
)

test('a login shown by the app is completed by handleRedirect', async () => {
  const { phone, oauth, login } = await shown()
  const link = phone.linkOf({ code: 'abc' })
  expect(oauth.hasRedirectResult(link)).toBe(true)
  await oauth.handleRedirect(link)
  await login
})

test('a login shown by the app gives way to a new one', async () => {
  const { server, phone, login, again, page } = await shown()
  const next = again()
  expect(await rejection(login)).toMatchObject({ code: 'superseded', cancelled: true })
  await until(() => phone.page !== page)
  phone.openLink(phone.linkOf({ code: 'old' }, page))
  phone.openLink(phone.linkOf({ code: 'new' }))
  await next
  expect(server.to('/v1/oauth/token').map(({ body }) => body['code'])).toEqual(['new'])
})

test('a login shown by the app gives way to one in the in-app browser', async () => {
  const { phone, oauth, login, page } = await shown()
  const next = oauth.login()
  expect(await rejection(login)).toMatchObject({ code: 'superseded' })
  await until(() => phone.page !== page)
  phone.answer()
  await next
})

test('a login shown by the app ends with its signal', async () => {
  const { oauth, login } = await shown()
  const abort = new AbortController()
  const next = oauth.login({ openUrl: () => {}, signal: abort.signal })
  await rejection(login)
  abort.abort()
  expect(await rejection(next)).toMatchObject({ code: 'aborted' })
})

test.each([
  () => {
    throw new Error('no browser')
  },
  () => Promise.reject(new Error('no browser')),
])('a login shown by the app fails with what that throws', async (openUrl) => {
  const server = await serve()
  const phone = new FakePhone()
  await expect(sdkOnPhone(phone.app, server.url).login({ openUrl })).rejects.toThrow('no browser')
  await sleep(20)
  expect([...phone.disk.keys()]).toEqual([])
})
