import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redirectUriFault } from '../../src/apps/redirect-uri.ts'
import { registrableForms } from '../../src/apps/registrable-form.ts'

describe('the form of a URI that may be registered', () => {
  test.each([
    ['  https://app.example/cb ', 'https://app.example/cb'],
    ['app.example/cb', 'https://app.example/cb'],
    ['//app.example/cb', 'https://app.example/cb'],
    ['app.example:8443', 'https://app.example:8443/'],
    ['localhost:5173', 'http://localhost:5173/'],
    ['app.localhost:3000/cb', 'http://app.localhost:3000/cb'],
    ['127.0.0.1:8000/cb', 'http://127.0.0.1:8000/cb'],
    ['http://app.example/cb', 'https://app.example/cb'],
    ['https://APP.example:443/a/../cb', 'https://app.example/cb'],
    ['https://app.example./cb', 'https://app.example/cb'],
    ['https://app.example../cb', 'https://app.example/cb'],
    ['https://app.example/cb#/route', 'https://app.example/cb'],
    ['https://аpp.example/cb', 'https://xn--pp-6kc.example/cb'],
    ['COM.example.app:/cb', 'com.example.app:/cb'],
    ['http://2130706433/cb', 'http://127.0.0.1/cb'],
    ['"https://app.example/cb"', 'https://app.example/cb'],
    ['‘https://app.example/cb’'.replace(/[‘’]/g, "'"), 'https://app.example/cb'],
    ['<https://app.example/cb>', 'https://app.example/cb'],
    ['`https://app.example/cb`,', 'https://app.example/cb'],
    ['"https://app.example/cb";', 'https://app.example/cb'],
    ['["https://app.example/cb"]', 'https://app.example/cb'],
    ['https://https://app.example/cb', 'https://app.example/cb'],
    ['http://https://app.example/cb', 'https://app.example/cb'],
    ['https:/app.example/cb', 'https://app.example/cb'],
    ['https//app.example/cb', 'https://app.example/cb'],
    ['https:\\\\app.example\\cb', 'https://app.example/cb'],
  ])('%j is %s', (uri, form) => expect(registrableForms(uri)).toEqual([form]))

  test.each([
    'https://app.example/cb',
    'https://app.example/a,b;c|d',
    'javascript:alert(1)',
    'https://8.8.8.8/cb',
    'https://user@app.example/cb',
    'https://*.app.example/',
    'https://app.example/cb?code=1',
    'https://app.example/cb, javascript://x',
    '',
    '#',
    ', ;',
  ])('%j has none to offer', (uri) => expect(registrableForms(uri)).toEqual([]))

  test.each([
    ',',
    ', ',
    ' ,',
    ' ',
    '   ',
    '\t',
    '\n',
    '\r\n',
    ';',
    '; ',
    ' | ',
    ' and ',
    ', and ',
    '", "',
    '","',
  ])('two with %j between them are two', (between) => {
    const text = `https://example.com/a${between}https://example.com/b`
    expect(redirectUriFault(text)).toBeDefined()
    expect(registrableForms(text)).toEqual(['https://example.com/a', 'https://example.com/b'])
  })

  test('each of several is mended by itself', () => {
    expect(registrableForms('http://example.com/a, example.com/b localhost:3000/cb; myapp://cb')).toEqual([
      'https://example.com/a',
      'https://example.com/b',
      'http://localhost:3000/cb',
      'myapp://cb',
    ])
    expect(registrableForms('["https://example.com/a","https://example.com/a"]')).toEqual([
      'https://example.com/a',
    ])
  })

  test('may always be registered', () => {
    const uri = fc.webUrl({ withFragments: true, withQueryParameters: true })
    const several = fc.tuple(uri, fc.constantFrom(' ', ',', '\n', '; '), uri).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(uri, several, fc.string()), (text) => {
        for (const form of registrableForms(text)) expect(redirectUriFault(form)).toBeUndefined()
      }),
    )
  })
})
