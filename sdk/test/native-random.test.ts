import { randomUUID } from 'node:crypto'
import { FakePhone } from '@stagedoor/testkit/fake-phone'
import { rejection, requestOf, sdkOnPhone, until } from '@stagedoor/testkit/sdk'
import { serve } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { nativeRandom, type Runtime } from '../src/platform/native-random.ts'

const filled = (byte: number) => ({ getRandomValues: (bytes: Uint8Array) => bytes.fill(byte) })

describe('randomness', () => {
  test.each<[string, Runtime, number]>([
    ['crypto, where there is one', { crypto: filled(1), expo: { modules: { ExpoCrypto: filled(2) } } }, 1],
    ['expo-crypto', { expo: { modules: { ExpoCrypto: filled(2) }, uuidv4: () => '' } }, 2],
    ['expo-crypto before Expo 49', { ExpoModules: { ExpoCrypto: filled(3) } }, 3],
    ['Expo’s runtime', { crypto: {}, expo: { uuidv4: () => '04040404-0404-4404-8404-040404040404' } }, 4],
  ])('is of %s', (_name, runtime, byte) => {
    expect(nativeRandom(runtime)(32)).toEqual(new Uint8Array(32).fill(byte))
  })

  test('of Expo’s runtime takes every random byte of a UUID, and no other', () => {
    const random = nativeRandom({ expo: { uuidv4: randomUUID } })
    const seen = Array.from({ length: 32 }, () => new Set<number>())
    for (let n = 0; n < 9000; n += 1) for (const [at, byte] of random(32).entries()) seen[at]?.add(byte)
    for (const values of seen) expect(values.size).toBe(256)
  })

  test.each<Runtime>([
    {},
    { crypto: {} },
    { expo: {} },
    { expo: { modules: { ExpoCrypto: null } } },
    { expo: { uuidv4: () => 'x' } },
    { expo: { uuidv4: () => '04040404-0404-1404-8404-040404040404' } },
  ])('is refused where it is not secure: %j (RN-10)', (runtime) => {
    expect(() => nativeRandom(runtime)(32)).toThrow(expect.objectContaining({ code: 'no_secure_random' }))
  })
})

test('an app without randomness is told what to install', async () => {
  const server = await serve()
  const { app } = new FakePhone()
  delete app.runtime.crypto
  const error = await rejection(sdkOnPhone(app, server.url).login())
  expect(error).toMatchObject({ code: 'no_secure_random' })
  expect(error.message).toContain('npx expo install expo-crypto')
})

test('an app of Expo logs in with the two modules alone', async () => {
  const server = await serve()
  const phone = new FakePhone()
  delete phone.app.runtime.crypto
  phone.app.runtime.expo = { uuidv4: randomUUID }
  const login = sdkOnPhone(phone.app, server.url).login()
  await until(() => phone.page !== null)
  expect(requestOf(phone.page ?? '')['state']).toMatch(/^[\w-]{43}$/)
  phone.answer()
  await login
})
