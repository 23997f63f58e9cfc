import { randomBytes } from 'node:crypto'
import { day, fileServer, hour, minute, ownServer, second } from '@stagedoor/testkit/server'
import { App, appAndBrowser, type Changes, get, pairOf } from '@stagedoor/testkit/wire-app'
import { formTo, jun, signedIn } from '@stagedoor/testkit/wire-browser'
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { registerApp } from '../../src/apps/register.ts'
import { makeSigningKey } from '../../src/crypto/signing-key.ts'

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

test('keys are replaced under load without one token that does not verify (OC-7)', async () => {
  const secret = 'secret-of-the-keys-0123456789-abcdef'
  const own = await ownServer({ KEY_SECRET: secret })
  let ahead = 0
  const now = () => Date.now() + ahead
  const published = async () => {
    const answer = await fetch(`${own.url}/.well-known/jwks.json`)
    const maxAge = Number(/max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1])
    const keys: Parameters<typeof createLocalJWKSet>[0] = await answer.json()
    return { keys: createLocalJWKSet(keys), until: now() + maxAge * second }
  }
  // A verifier keeps the keys for as long as it may, and asks for none that it does not know.
  let known = await published()
  const kids = new Set<string | undefined>()
  const users = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { app, browser } = await appAndBrowser(own)
      let { refresh } = pairOf(await app.exchange(await app.logIn(browser, openid)))
      return async () => {
        const answer = await app.refresh(refresh)
        refresh = pairOf(answer).refresh
        const options = { issuer: own.url, audience: app.apiKey ?? '', currentDate: new Date(now()) }
        const verified = await jwtVerify(String(answer.body['id_token']), known.keys, options)
        kids.add(verified.protectedHeader.kid)
      }
    }),
  )
  const age = async () => {
    own.advance(10 * minute)
    ahead += 10 * minute
    await own.renewKeys()
    if (now() >= known.until) known = await published()
  }
  for (let rotation = 0; rotation < 3; rotation += 1) {
    const made = makeSigningKey('ES256', secret, { now: now(), random: randomBytes })
    const rotate = async () => own.store.addSigningKey(await made, now())
    await Promise.all([rotate(), ...users.map((use) => use())])
    for (let step = 0; step < 8; step += 1)
      await Promise.all([age(), ...users.map(async (use) => use().then(use))])
  }
  expect(kids.size).toBe(4)
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
