import { randomBytes } from 'node:crypto'
import { day, fileServer, hour, ownServer, second } from '@stagedoor/testkit/server'
import { App, appAndBrowser, type Changes, get } from '@stagedoor/testkit/wire-app'
import { formTo, jun, signedIn } from '@stagedoor/testkit/wire-browser'
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { registerApp } from '../../src/apps/register.ts'

const server = await fileServer()

const openid: Changes = { scope: 'openid profile', nonce: 'nonce of the app' }

describe('keys', () => {
  test('lie sealed in the store, and are public by halves (OC-6)', async () => {
    const { app, browser } = await appAndBrowser(server)
    await app.exchange(await app.logIn(browser, openid))
    const [key] = await server.store.listSigningKeys()
    expect(Buffer.from(key?.sealed ?? []).toString('latin1')).not.toContain('PRIVATE')
    const { body } = await get(`${server.url}/.well-known/jwks.json`)
    for (const name of ['"d"', '"p"', '"q"', '"k"']) expect(JSON.stringify(body)).not.toContain(name)
  })

  test('are replaced with age, each published before it signs and for as long as what it signed matters (OC-7)', async () => {
    const own = await ownServer()
    own.stopClock()
    const { app, browser } = await appAndBrowser(own)
    const kidOf = async () => {
      const answer = await app.exchange(await app.logIn(await signedIn(own.url), openid))
      const token = String(answer.body['id_token'])
      return {
        token,
        kid: String(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid),
      }
    }
    const published = async () => {
      const { body } = await get(`${own.url}/.well-known/jwks.json`)
      return body as unknown as Parameters<typeof createLocalJWKSet>[0]
    }
    await app.logIn(browser)
    const first = await kidOf()
    own.advance(91 * day)
    await own.renewKeys()
    const early = await published()
    expect(early.keys).toHaveLength(2)
    const still = await kidOf()
    expect(still.kid).toBe(first.kid)
    own.advance(2 * hour)
    const later = await kidOf()
    expect(later.kid).not.toBe(first.kid)
    // Whoever keeps the keys that were published before the change verifies both.
    for (const { token } of [still, later])
      await jwtVerify(token, createLocalJWKSet(early), {
        currentDate: new Date(Number(decodeJwt(token).iat) * second),
      })
    own.advance(2 * day)
    await own.renewKeys()
    expect((await published()).keys.map(({ kid }) => kid)).toEqual([later.kid])
  })
})

test('an app whose library knows nothing but RS256 asks for it on the portal (OC-11)', async () => {
  const { app, browser, apiKey } = await appOfDeveloper()
  const form = formTo(await browser.open(`/developers/${apiKey}`), `/developers/${apiKey}/id-tokens`)
  expect(form.fields['algorithm']).toBe('ES256')
  await browser.submit(form, { algorithm: 'RS256' })
  await app.logIn(browser)
  const answer = await app.exchange(await app.logIn(browser, openid))
  const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`))
  const options = { issuer: server.url, audience: apiKey }
  const token = String(answer.body['id_token'])
  await jwtVerify(token, keys, { ...options, algorithms: ['RS256'] })
  await expect(jwtVerify(token, keys, { ...options, algorithms: ['ES256'] })).rejects.toThrow()
  const other = await signedIn(server.url, jun)
  const stolen = {
    ...form.fields,
    csrf: formTo(await other.open('/developers'), '/developers').fields['csrf'] ?? '',
  }
  expect((await other.post(form.action, { ...stolen, algorithm: 'ES256' })).status).toBe(404)
})

/** An app whose developer is signed in. */
async function appOfDeveloper() {
  const browser = await signedIn(server.url)
  const redirectUri = 'https://app.example/cb'
  const name = `Own app ${Math.random().toString(36).slice(2)}`
  const { user } = (await server.store.findCredentials('nova'))[0] ?? {}
  const deps = { store: server.store, brand: 'Audius', clock: Date.now, random: randomBytes }
  const made = await registerApp({ name, redirectUris: [redirectUri], ownerId: user?.id ?? null }, deps)
  if ('faults' in made) throw new Error('The app is not registered')
  const { apiKey } = made.app
  return { browser, apiKey, app: new App(server.url, { apiKey }, redirectUri) }
}
