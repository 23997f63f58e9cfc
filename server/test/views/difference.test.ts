import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Part, redirectDifference } from '../../src/pages/views/redirect-uri-diff.ts'

const registered = [
  'http://localhost:5177/callback',
  'https://myapp.com/auth/callback',
  'myapp://oauth/callback',
  'https://myapp.com/search?from=login',
]
const marked = (parts: readonly Part[]) =>
  parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('')

describe('each difference gets one sentence', () => {
  test.each([
    [
      'http://localhost:3000/callback',
      'http://localhost:[3000]/callback',
      'The port is 3000; registered is 5177.',
    ],
    ['http://localhost/callback', 'http://localhost/callback', 'The port is missing; registered is 5177.'],
    [
      'http://127.0.0.1:5177/callback',
      'http://[127.0.0.1]:5177/callback',
      'The host is 127.0.0.1; registered is localhost, which counts as another host.',
    ],
    [
      'http://localhost:5177/callback/',
      'http://localhost:5177/callback[/]',
      'There is a slash at the end; the registered URI has none.',
    ],
    [
      'http://myapp.com/auth/callback',
      '[http]://myapp.com/auth/callback',
      'The scheme is http; registered is https.',
    ],
    [
      'https://MyApp.com/auth/callback',
      'https://[MyApp].com/auth/callback',
      'The host differs in upper and lower case.',
    ],
    [
      'https://myapp.com/auth/Callback',
      'https://myapp.com/auth/[Callback]',
      'The path differs in upper and lower case.',
    ],
    [
      'https://www.myapp.com/auth/callback',
      'https://[www.]myapp.com/auth/callback',
      'The host is www.myapp.com; registered is myapp.com.',
    ],
    [
      'https://myapp.com:443/auth/callback',
      'https://myapp.com[:443]/auth/callback',
      'The port is 443; the registered URI has none.',
    ],
    [
      'https://myapp.com/search?from=home',
      'https://myapp.com/search?from=[home]',
      'The query is ?from=home; registered is ?from=login.',
    ],
    [
      'https://myapp.com/auth/callback#x',
      'https://myapp.com/auth/callback[#x]',
      'The fragment is #x; the registered URI has none.',
    ],
    ['localhost:5177/callback', 'localhost:5177/callback', 'The scheme is missing; registered is http.'],
    [
      'https://myapp.com/auth/callback ',
      'https://myapp.com/auth/callback[ ]',
      'There is white space at its start or end.',
    ],
    [
      'https://a@myapp.com/auth/callback',
      'https://[a@]myapp.com/auth/callback',
      'There is a user name before the host; redirect URIs have none.',
    ],
  ])('%s', (given, parts, sentence) => {
    const difference = redirectDifference(given, registered)
    expect(marked(difference.parts.given)).toBe(parts)
    expect(difference.explanations).toEqual([sentence])
  })

  test('several at once, in the order of the URI', () => {
    const { nearest, explanations } = redirectDifference('http://127.0.0.1:3000/callback/', registered)
    expect(nearest).toBe('http://localhost:5177/callback')
    expect(explanations).toHaveLength(3)
  })

  test('a missing slash is marked where it belongs', () => {
    const { parts, explanations } = redirectDifference('https://a.example', ['https://a.example/'])
    expect(marked(parts.nearest)).toBe('https://a.example[/]')
    expect(explanations).toEqual(['The slash at the end is missing.'])
  })

  test('an encoding too many', () => {
    const { explanations } = redirectDifference(
      encodeURIComponent('https://myapp.com/auth/callback'),
      registered,
    )
    expect(explanations).toEqual(['It is percent-encoded once too often.'])
  })

  test('values too long for a sentence are left to their marks', () => {
    const path = `/${'a'.repeat(80)}`
    expect(
      redirectDifference(`https://x.example${path}b`, [`https://x.example${path}c`]).explanations,
    ).toEqual(['The path differs where it is marked.'])
  })
})

test('a native app is compared with its own scheme', () => {
  const { nearest, explanations } = redirectDifference('myapp:/oauth/callback', registered)
  expect(nearest).toBe('myapp://oauth/callback')
  expect(explanations[0]).toBe('The // after the scheme is missing.')
})

test('without a registered URI it says so', () => {
  expect(redirectDifference('https://a.example', [])).toEqual({
    given: 'https://a.example',
    nearest: null,
    explanations: ['The app has no redirect URI registered.'],
    parts: { given: [{ text: 'https://a.example', differs: true }], nearest: [] },
  })
})

const uri = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.stringMatching(/^[:/?#@%. a-z0-9]{0,60}$/),
)

describe('for any texts', () => {
  test('the parts join to what came in', () => {
    fc.assert(
      fc.property(uri, fc.array(uri, { maxLength: 5 }), (given, others) => {
        const { parts, nearest } = redirectDifference(given, others)
        expect(parts.given.map(({ text }) => text).join('')).toBe(given)
        expect(parts.nearest.map(({ text }) => text).join('')).toBe(nearest ?? '')
        expect([...parts.given, ...parts.nearest].every(({ text }) => text !== '')).toBe(true)
      }),
    )
  })

  test('nothing differs from itself, and the same URI is the nearest', () => {
    fc.assert(
      fc.property(uri, fc.array(uri, { maxLength: 5 }), (given, others) => {
        const { parts, nearest, explanations } = redirectDifference(given, [...others, given])
        expect(nearest).toBe(given)
        expect(explanations).toEqual([])
        expect([...parts.given, ...parts.nearest].some(({ differs }) => differs)).toBe(false)
      }),
    )
  })

  test('what is different is marked and explained', () => {
    fc.assert(
      fc.property(uri, uri, (given, other) => {
        fc.pre(given !== other)
        const { parts, explanations } = redirectDifference(given, [other])
        expect([...parts.given, ...parts.nearest].some(({ differs }) => differs)).toBe(true)
        expect(explanations.length).toBeGreaterThan(0)
        expect(new Set(explanations).size).toBe(explanations.length)
      }),
    )
  })
})

test.each([
  ['a path', (end: string) => `https://${'a/'.repeat(990)}${end}`],
  ['colons', (end: string) => `${':'.repeat(1999)}${end}`],
  ['spaces', (end: string) => `${' '.repeat(1999)}${end}`],
  ['digits', (end: string) => `https://x:${'1'.repeat(1980)}${end}`],
  ['slashes', (end: string) => `${'/'.repeat(1999)}${end}`],
])('2,000 characters against 50 URIs take little time: %s', (_, text) => {
  const others = Array.from({ length: 50 }, (_, i) => text(String(i)))
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    redirectDifference(text('x'), others)
    return performance.now() - start
  })
  // A text compared with itself at every place would take seconds.
  expect(Math.min(...times)).toBeLessThan(500)
})
