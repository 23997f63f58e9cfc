import { describe } from 'vitest'
import { allow, reach, signIn } from '../harness/people.ts'
import { expect, test } from '../harness.ts'

const challenge = 'a'.repeat(43)

describe('The fragment that somebody wrote behind the address of a login', () => {
  test('does not reach the app, asked or silently, by query (RM-13)', async ({
    page,
    server,
    bare,
    person,
  }) => {
    const callback = `${bare.origin}/plain`
    const login = `${server.url}/v1/oauth/authorize?${new URLSearchParams({
      client_id: server.apiKey,
      redirect_uri: callback,
      response_type: 'code',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })}`
    await page.goto(`${login}#evil=1`)
    await signIn(page, person)
    await allow(page)
    await reach(page, `${callback}*`)
    expect(page.url()).toMatch(/\?code=[^#]*$/)
    await page.goto('about:blank')
    await page.goto(`${login}&prompt=none#evil=1`)
    expect(page.url().startsWith(`${callback}?`)).toBe(true)
    expect(page.url()).not.toContain('evil')
    expect(new URL(page.url()).hash).toBe('')
  })
})
