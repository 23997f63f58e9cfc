import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchRedirectUri } from '../../src/apps/redirect-uri.ts'

describe('a request matches', () => {
  test('only what is registered, to the letter', () => {
    const uri = fc.constantFrom(
      'https://a.example/',
      'https://a.example',
      'https://a.example/x',
      'http://localhost:1/',
      'myapp://cb',
    )
    fc.assert(
      fc.property(uri, fc.array(uri), (one, registered) => {
        expect(matchRedirectUri(one, registered)).toBe(registered.includes(one) ? 'exact' : undefined)
      }),
    )
  })

  test.each(['http://127.0.0.1', 'http://[::1]', 'http://localhost'])(
    '%s on any port, and on no other host',
    (host) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 65_535 }),
          fc.constantFrom('/cb', '/', '', '?x=1'),
          (port, rest) => {
            expect(matchRedirectUri(`${host}:${port}${rest}`, [host + rest])).toBe('loopback')
            expect(matchRedirectUri(`${host}:${port}${rest}`, [`${host}:${port + 1}${rest}`])).toBeUndefined()
            expect(matchRedirectUri(`${host}:${port}${rest}x`, [host + rest])).toBeUndefined()
          },
        ),
      )
      expect(matchRedirectUri(`${host}:65536/`, [`${host}/`])).toBeUndefined()
      expect(matchRedirectUri('http://app.example:1/', ['http://app.example/'])).toBeUndefined()
    },
  )
})
