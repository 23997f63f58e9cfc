import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64url, challengeOf, sha256 } from '../src/protocol/pkce.ts'

test('derives the challenge of RFC 7636 appendix B', () => {
  expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
})

test('hashes as SHA-256 does, at every length around a block', () => {
  for (let length = 0; length <= 200; length += 1) {
    const message = new Uint8Array(length).map((_, at) => at * 7 + length)
    expect(base64url(sha256(message))).toBe(createHash('sha256').update(message).digest('base64url'))
  }
})

test('hashes any bytes as SHA-256 does (CL-34)', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1000 }), (message) => {
      expect(base64url(sha256(message))).toBe(createHash('sha256').update(message).digest('base64url'))
    }),
  )
})
