import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seal, unseal } from '../../src/crypto/seal.ts'
import { type CredentialKind, digest, mint, mintDated, read, sameDigest } from '../../src/crypto/secret.ts'
import { newSalt, successorsAgain, successorsOf } from '../../src/crypto/successor.ts'

const prefixes: Readonly<Record<CredentialKind, string>> = {
  access: 'sdat_',
  refresh: 'sdrt_',
  code: 'sdac_',
  device: 'sddc_',
  session: 'sdse_',
  request: 'sdrq_',
  browser: 'sdbr_',
  management: 'sdmt_',
  reset: 'sdpr_',
  email: 'sdec_',
}
const kinds: readonly CredentialKind[] = [
  'access',
  'refresh',
  'code',
  'device',
  'session',
  'request',
  'browser',
  'management',
  'reset',
  'email',
]

describe('a credential', () => {
  test.each(kinds)('of kind %s is read as what was minted, and as no other kind', (kind) => {
    const credential = mint(kind, randomBytes)
    expect(credential.text).toMatch(new RegExp(`^${prefixes[kind]}[\\w-]{49}$`))
    expect(credential.digest).toEqual(digest(credential.text))
    expect(read(kind, credential.text)).toEqual(credential)
    for (const other of kinds) if (other !== kind) expect(read(other, credential.text)).toBeUndefined()
  })

  test('is never the same twice in ten thousand, and spends 32 random bytes on each (CD-9)', () => {
    const spent: number[] = []
    const random = (count: number) => {
      spent.push(count)
      return randomBytes(count)
    }
    const made = new Set(Array.from({ length: 10_000 }, () => mint('code', random).text))
    expect(made.size).toBe(10_000)
    expect(new Set(spent)).toEqual(new Set([32]))
  })

  test('of another length is none, whatever its checksum', () => {
    const inner = Buffer.from(`sdat_${'A'.repeat(43)}`, 'base64url')
    for (const bytes of [randomBytes(24), randomBytes(40), inner]) {
      const { text } = mint('access', () => bytes)
      expect(read('access', text), text).toBeUndefined()
    }
  })

  test('with one character changed, added or missing is none (RT-13)', () => {
    const { text } = mint('refresh', randomBytes)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 0, maxLength: 2 }), (at, piece) => {
        const changed = text.slice(0, at) + piece + text.slice(at + 1)
        fc.pre(changed !== text)
        expect(read('refresh', changed)).toBeUndefined()
        expect(read('refresh', text + piece) === undefined).toBe(piece !== '')
      }),
      { numRuns: 1000 },
    )
  })

  test('that is not there is none', () => expect(read('code', undefined)).toBeUndefined())
})

test('digests are compared whole', () => {
  expect(sameDigest(digest('a'), digest('a'))).toBe(true)
  expect(sameDigest(digest('a'), digest('b'))).toBe(false)
  expect(sameDigest(digest('a'), digest('a').subarray(1))).toBe(false)
})

describe('a credential that begins with the time', () => {
  const now = Date.UTC(2026, 10, 27)

  test.each(['access', 'refresh', 'code'] as const)('of kind %s is read as what was minted', (kind) => {
    const credential = mintDated(kind, randomBytes, now)
    expect(credential.text).toMatch(new RegExp(`^${prefixes[kind]}[\\w-]{57}$`))
    expect(read(kind, credential.text)).toEqual(credential)
    for (const other of kinds) if (other !== kind) expect(read(other, credential.text)).toBeUndefined()
    expect(read('session', credential.text.replace(prefixes[kind], prefixes.session))).toBeUndefined()
  })

  test('has a digest of all of it, in the order of time', () => {
    const [earlier, later] = [now, now + 1].map((at) => mintDated('access', randomBytes, at))
    const [dated, bare] = [Buffer.from(earlier?.digest ?? []), digest(earlier?.text ?? '')]
    expect(dated.readUIntBE(0, 6)).toBe(now)
    expect(dated.subarray(6)).toEqual(bare)
    expect(Buffer.compare(dated, Buffer.from(later?.digest ?? []))).toBe(-1)
    expect(mintDated('code', randomBytes, now).text).not.toBe(mintDated('code', randomBytes, now).text)
  })

  test('with another time is none (RT-13)', () => {
    const { text } = mintDated('refresh', randomBytes, now)
    const other = mintDated('refresh', randomBytes, now + 1).text
    expect(read('refresh', other.slice(0, 13) + text.slice(13))).toBeUndefined()
  })
})

describe('the pair after a token', () => {
  const now = Date.UTC(2026, 10, 27)
  const salt = newSalt(randomBytes, now)
  const token = mintDated('refresh', randomBytes, now).text

  test('is the same of the same salt, and another of any other token or salt', () => {
    const { access, refresh } = successorsOf(token, salt)
    expect(read('access', access.text)).toEqual(access)
    expect(read('refresh', refresh.text)).toEqual(refresh)
    expect(successorsAgain(token, salt)).toEqual([access.text, refresh.text])
    const others = [
      successorsOf(mintDated('refresh', randomBytes, now).text, salt),
      ...Array.from({ length: salt.length }, (_, at) =>
        successorsOf(
          token,
          Uint8Array.from(salt, (byte, index) => (index === at ? byte ^ 1 : byte)),
        ),
      ),
    ]
    const bodies = [access, refresh, ...others.flatMap((other) => [other.access, other.refresh])].map(
      ({ text }) => text.slice(5),
    )
    expect(new Set(bodies).size).toBe(bodies.length)
  })

  test('begins with the time of its salt', () => {
    for (const { digest } of Object.values(successorsOf(token, salt)))
      expect(Buffer.from(digest).readUIntBE(0, 6)).toBe(now)
  })

  test('is still answered where an earlier version has kept a salt without the time', () => {
    const bare = randomBytes(32)
    const { access, refresh } = successorsOf(token, bare)
    expect([access.text.length, refresh.text.length]).toEqual([54, 54])
    expect(successorsAgain(token, bare)).toEqual([access.text, refresh.text])
    expect(read('access', access.text)).toEqual(access)
  })

  test('is still answered where an earlier version has sealed it', () => {
    const [access, refresh] = [mint('access', randomBytes).text, mint('refresh', randomBytes).text]
    expect(successorsAgain(token, seal(`${access} ${refresh}`, token, randomBytes))).toEqual([
      access,
      refresh,
    ])
  })
})

describe('a sealed pair', () => {
  test('is opened by the token it was sealed with, and by no other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (text, token, other) => {
        const sealed = seal(text, token, randomBytes)
        expect(unseal(sealed, token)).toBe(text.toWellFormed())
        fc.pre(other.toWellFormed() !== token.toWellFormed())
        expect(() => unseal(sealed, other)).toThrow()
      }),
    )
  })

  test('that was changed anywhere is not opened', () => {
    const sealed = seal('two tokens', 'token', randomBytes)
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte))
      expect(() => unseal(changed, 'token')).toThrow()
    }
    expect(() => unseal(sealed.subarray(0, 20), 'token')).toThrow()
  })
})
