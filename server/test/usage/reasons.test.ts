import { describe, expect, test } from 'vitest'
import { refusedRequest } from '../../src/errors/authorization.ts'
import { interaction } from '../../src/errors/interaction.ts'
import { OAuthError, PageError, token } from '../../src/errors/oauth.ts'
import { unproven } from '../../src/errors/page.ts'
import type { ReasonValue } from '../../src/store/contract/store.ts'
import { toReason, toReasonColumn } from '../../src/store/sql/usage/reason.ts'
import { because, catalogues, reasonWords } from '../../src/usage/reasons.ts'
import { refusalOf } from '../../src/usage/refusal.ts'

const target = { redirectUri: 'https://app.example/cb', responseMode: 'query', state: 'a-state' } as const

const sample: readonly ReasonValue[] = ['one', 'two', 'three']

const stored = (error: Error) => {
  const { reason } = refusalOf(error)
  return { column: toReasonColumn(reason), words: reasonWords(toReason(toReasonColumn(reason)) ?? reason) }
}

describe('a reason', () => {
  test('is kept as a code with the values of its words, which are made when it is read', () => {
    expect(stored(token.missing('code_verifier'))).toEqual({
      column: '["token.missing",["code_verifier"]]',
      words: 'code_verifier is missing.',
    })
    expect(stored(refusedRequest.repeated('scope').sentTo(target))).toEqual({
      column: '["request.repeated",["scope"]]',
      words: 'scope was sent more than once. Send it once.',
    })
  })

  test('keeps nothing private: no log line, no address to start again, no query of a redirect URI', () => {
    const link = { href: '/authorize?state=a-state', label: 'Start again' }
    expect(stored(interaction.finished('An App', true).with({ link, reason: 'a secret' }))).toEqual({
      column: '["interaction.finished",["An App",true]]',
      words: 'You have allowed this login to An App, and a login takes one answer.',
    })
    const app = { apiKey: 'a'.repeat(40), name: 'An App', logo: null, ownerId: 1 }
    const mismatch = { app, given: 'https://app.example/cb?token=a-secret', registered: [], offer: null }
    expect(stored(unproven.unregistered('An App').with({ mismatch })).column).toBe(
      '["log.unregistered",["https://app.example/cb"]]',
    )
  })

  test('of an error nobody expected says no more than that', () => {
    expect(stored(new Error('a secret')).column).toBe('["route.unexpected",[]]')
  })

  test('keeps its code through everything that is added to an error', () => {
    const error = token.unknownCode().with({ headers: { 'x-one': '1' } })
    expect(error.with({ reason: 'private' }).publicReason).toEqual({ code: 'token.unknownCode', values: [] })
    expect(new OAuthError(400, error.code, error.description, error).publicReason).toEqual(error.publicReason)
  })

  test('from before there were codes is its own words, and so is a code that is not known', () => {
    expect(reasonWords(toReason('PKCE failed: it does not match.') ?? because('allowed'))).toBe(
      'PKCE failed: it does not match.',
    )
    expect(reasonWords({ code: 'token.gone', values: [] })).toBe('token.gone')
    expect(reasonWords({ code: 'token.toString', values: [] })).toBe('token.toString')
    expect(toReason(null)).toBeNull()
  })

  test.each(Object.entries(catalogues))(
    'of the catalogue %s has the code that it is read by',
    (name, entries) => {
      for (const [key, make] of Object.entries(entries)) {
        const made = make(...(sample as readonly never[]))
        const code = `${name}.${key}`
        expect(made.publicReason?.code).toBe(code)
        expect(reasonWords({ code, values: sample })).toBe(
          made instanceof PageError ? made.words.what : Reflect.get(made, 'description'),
        )
      }
    },
  )
})
