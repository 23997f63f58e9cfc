import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OAuthError } from '../../src/errors/oauth.ts'
import { type Params, readBody, readForm } from '../../src/http/params.ts'

const form = 'application/x-www-form-urlencoded'
const text = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((one) => !/\p{Cc}/u.test(one) && one.isWellFormed())
const fields = fc.dictionary(text, text, { maxKeys: 20 })
const bytes = (body: string) => new TextEncoder().encode(body)

/** The parameters of a body, or the status it is refused with. */
function read(type: string | undefined, body: Uint8Array): Params | number {
  try {
    return readBody(type, body)
  } catch (error) {
    if (error instanceof OAuthError) return error.status
    throw error
  }
}

test('a form is read as it was written', () => {
  fc.assert(
    fc.property(fields, (written) => {
      const params = readForm(new URLSearchParams(written).toString())
      for (const [name, value] of Object.entries(written)) expect(params.get(name)).toBe(value)
      expect([params.repeated.size, params.malformed.size]).toEqual([0, 0])
    }),
  )
})

test('JSON is read as it was written, and a form and JSON say the same', () => {
  fc.assert(
    fc.property(fields, (written) => {
      const json = read('application/json', bytes(JSON.stringify(written)))
      const asForm = read(form, bytes(new URLSearchParams(written).toString()))
      if (typeof json === 'number' || typeof asForm === 'number') throw new Error('refused')
      for (const [name, value] of Object.entries(written))
        expect([json.get(name), asForm.get(name)]).toEqual([value, value])
    }),
  )
})

test('a key written twice in JSON is found, however it is escaped and nested in text', () => {
  fc.assert(
    fc.property(
      fc.dictionary(text, text, { minKeys: 1, maxKeys: 10 }),
      text,
      fc.boolean(),
      (written, value, isEscaped) => {
        const [key = ''] = Object.keys(written)
        const again = isEscaped
          ? Array.from(
              { length: key.length },
              (_, at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`,
            ).join('')
          : JSON.stringify(key).slice(1, -1)
        const twice = JSON.stringify(written).replace(/\}$/, () => `,"${again}":${JSON.stringify(value)}}`)
        expect(JSON.parse(twice)).toBeDefined()
        expect(read('application/json', bytes(twice))).toBe(400)
      },
    ),
  )
})

test('any bytes are read or refused, and nothing else happens', () => {
  const type = fc.constantFrom('application/json', form, 'text/plain', '', undefined, `${form};charset=utf-8`)
  fc.assert(
    fc.property(type, fc.uint8Array({ maxLength: 300 }), (contentType, body) => {
      const outcome = read(contentType, body)
      if (typeof outcome === 'number') expect([400, 415]).toContain(outcome)
    }),
    { numRuns: 2000 },
  )
})

describe('a query', () => {
  test.each<[string, string | undefined]>([
    ['a=1', '1'],
    ['a=', undefined],
    ['a', undefined],
    ['', undefined],
    ['a=%20+x', '  x'],
    ['a=b=c', 'b=c'],
    ['%61=1', '1'],
    ['a%00=1', undefined],
    ['b=1&a=%C3%BC', 'ü'],
  ])('%j', (query, value) => expect(readForm(query).get('a')).toBe(value))

  test.each(['a=1&a=1', 'a=&a=1', 'a&a', '%61=1&a=2', 'a=%ff&a=1', 'a=1&a=%ff'])('%j repeats', (query) => {
    expect(readForm(query).repeated).toEqual(new Set(['a']))
  })

  test('has 50 parameters at most', () => {
    const of = (count: number) => Array.from({ length: count }, (_, at) => `p${at}=1`).join('&')
    expect(readForm(of(50)).get('p49')).toBe('1')
    expect(() => readForm(of(51))).toThrow(OAuthError)
  })

  test('knows no parameter that was not sent', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'length'])
      expect(readForm('a=1').get(name)).toBeUndefined()
  })
})
