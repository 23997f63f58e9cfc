import { FakePhone } from '@stagedoor/testkit/fake-phone'
import { rejection, sdkOnPhone } from '@stagedoor/testkit/sdk'
import { serve } from '@stagedoor/testkit/token-server'
import { expect } from 'vitest'
import type { Scenarios } from './scenario.ts'

/** The codes of a phone's own. */
export const phoneCodes: Scenarios<'missing_module' | 'token_store_locked'> = {
  missing_module: async () => {
    const server = await serve()
    const phone = new FakePhone()
    phone.app.lacks.add('webBrowser')
    const oauth = sdkOnPhone(phone.app, server.url)
    return {
      error: await rejection(oauth.login()),
      obey: async () => {
        phone.app.lacks.delete('webBrowser')
        const login = oauth.login()
        await expect.poll(() => phone.page).not.toBe(null)
        phone.answer()
        await login
      },
    }
  },
  token_store_locked: async () => {
    const phone = new FakePhone()
    const store = phone.app.platform.secureTokenStore('tokens')
    phone.isLocked = true
    return {
      error: await rejection(Promise.resolve(store.getAccessToken())),
      obey: async () => {
        phone.isLocked = false
        expect(await store.getAccessToken()).toBe(null)
      },
    }
  },
}
