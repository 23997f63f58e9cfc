import { describe } from 'vitest'
import { allow, signIn } from '../harness/people.ts'
import { expect, test } from '../harness.ts'

describe('A device without a keyboard', () => {
  test('is logged in by its person, who types its code on a phone (RFC 8628)', async ({
    page,
    server,
    person,
  }) => {
    const ask = async (path: string, body: Record<string, string>) => {
      const params = new URLSearchParams({ client_id: server.apiKey, ...body })
      const response = await fetch(server.url + path, { method: 'POST', body: params })
      return { status: response.status, body: await response.json() }
    }
    const shown = await ask('/v1/oauth/device_authorization', { scope: 'write' })
    expect(shown.status).toBe(200)

    await page.goto(shown.body.verification_uri)
    await signIn(page, person)
    await page.getByLabel('Code').fill(shown.body.user_code.toLowerCase())
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText(shown.body.user_code).waitFor()
    await allow(page)
    await page.getByRole('heading', { name: 'Go on at your device' }).waitFor()

    const given = await ask('/v1/oauth/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: shown.body.device_code,
    })
    expect(given).toMatchObject({ status: 200, body: { scope: 'write', token_type: 'Bearer' } })
    const me = await fetch(`${server.url}/v1/me`, {
      headers: { authorization: `Bearer ${given.body.access_token}` },
    })
    expect(await me.json()).toMatchObject({ data: { handle: person.handle } })
  })
})
