import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readAssets } from '../../src/http/static-files.ts'
import { consentPage } from '../../src/pages/login/consent.tsx'
import { signInPage } from '../../src/pages/login/sign-in.tsx'
import { errorPage } from '../../src/pages/views/error.tsx'
import { client, everyPage, hidden, noNews, page, person } from './pages.ts'

const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1) style="x">`
/** Served by us, and the only script that a policy lets run. */
const ownScript = /<script type="module" src="\/assets\/[a-z]+\.js"><\/script>/g
const files = readAssets(new URL('../../', import.meta.url))
const stylesheet = Buffer.from(files.assets.get(files.stylesheet)?.bytes ?? []).toString()

describe.each(Object.entries(everyPage(attack)))('the %s page', (_, html) => {
  test('escapes whatever strangers wrote', () => {
    expect(html.replaceAll(ownScript, '')).not.toMatch(/<script|<img src=x/i)
    // What is left outside quoted attribute values holds no attribute that the text tried to open.
    const outside = html.replace(/"[^"]*"/g, '""')
    expect(outside).not.toMatch(/<[^>]*\son\w+=/i)
  })

  test('has no inline style or script (IN-6)', () => {
    const tags = html.replaceAll(ownScript, '').match(/<[a-z][^>]*>/g) ?? []
    expect(
      tags.filter((tag) => /<(?:script|style)|\s(?:style|on\w+)=/.test(tag.replace(/"[^"]*"/g, ''))),
    ).toEqual([])
  })

  test('is one whole document that links only our own files (AZ-19)', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en">.*<\/html>$/s)
    expect(html.match(/<link[^>]*href="[^"]*"/g)?.map((tag) => /href="([^"]*)"/.exec(tag)?.[1])).toEqual([
      '/favicon.svg',
      '/assets/stagedoor.css',
    ])
    expect(html.match(/<h1/g)).toHaveLength(1)
  })
})

describe('pictures', () => {
  const shown = (picture: string) =>
    consentPage({ news: noNews, page, client, person: { ...person, picture }, scope: 'read', hidden })

  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'data:image/svg+xml;base64,AA',
    '//evil.example/x.png',
    '/\\evil.example/x.png',
    'blob:x',
    'file:///etc/passwd',
    '',
  ])('%j is refused: the initial stands in', (url) => {
    const html = shown(url)
    expect(html).not.toContain('<img')
    expect(html).toContain('aria-hidden="true">M</span>')
  })

  test.each([
    'https://a.example/x.png',
    'http://localhost:1/x',
    '/content/x/150x150.jpg',
    'data:image/png;base64,AA',
  ])('%j is shown', (url) => expect(shown(url)).toContain(`<img src="${url}" alt`))
})

describe('names', () => {
  test('are isolated from the text around them', () => {
    const html = consentPage({
      news: noNews,
      page,
      client: { ...client, name: 'Left\u202Eright' },
      person: { ...person, name: '\u202EMira' },
      scope: 'read',
      hidden,
    })
    expect(html.replaceAll(/<bdi>[^<]*<\/bdi>/g, '')).not.toContain('\u202E')
  })

  test('never stand in the title', () => {
    for (const html of [
      consentPage({ news: noNews, page, client, person, scope: 'read', hidden }),
      signInPage({ page, client, hidden, login: '', error: null, picker: [] }),
    ])
      expect(/<title>(.*)<\/title>/.exec(html)?.[1]).not.toMatch(/Wavelength|Mira/)
  })

  test('keep four marks on a letter and drop the rest', () => {
    const html = signInPage({
      page,
      client: { ...client, name: `Z${'\u0335'.repeat(40)}!` },
      hidden,
      login: '',
      error: null,
      picker: [],
    })
    expect(html).toContain(`<bdi>Z${'\u0335'.repeat(4)}!</bdi>`)
  })
})

test('hidden characters of a redirect URI are spelled out', () => {
  const html = errorPage({
    page,
    heading: 'H',
    what: 'It was a\u0000b.',
    fault: 'app',
    next: 'N',
    requestId: '1',
    link: null,
    redirect: {
      difference: {
        given: '\u202Ex',
        nearest: null,
        explanations: [],
        parts: { given: [{ text: '\u202Ex', differs: true }], nearest: [] },
      },
      app: { apiKey: '0', name: 'A', logo: null },
      offer: null,
    },
  })
  expect(html).toContain('<mark>[U+202E]x</mark>')
  expect(html).toContain('a[U+0000]b')
})

describe('the budget', () => {
  test('the stylesheet is under 10 kB and asks nothing of anybody', () => {
    expect(Buffer.byteLength(stylesheet)).toBeLessThan(10_000)
    expect(stylesheet).not.toMatch(/url\(|@import|@font-face/)
  })

  test('a consent page and its stylesheet are under 15 kB, 5 kB compressed', () => {
    const html = consentPage({
      news: noNews,
      page,
      client: { ...client, isRegistered: false, isNative: true },
      person,
      scope: 'write',
      hidden,
    })
    expect(Buffer.byteLength(html) + Buffer.byteLength(stylesheet)).toBeLessThan(15_000)
    expect(gzipSync(html).length + gzipSync(stylesheet).length).toBeLessThan(5_000)
  })
})

test('Allow takes no click in its first half second, reduced motion or not', () => {
  expect(stylesheet).toMatch(/\.allow \{\s*animation: arm 0\.5s/)
  expect(stylesheet).toMatch(/@keyframes arm \{\s*from,\s*99% \{\s*pointer-events: none/)
  expect(stylesheet).not.toContain('prefers-reduced-motion: reduce')
})
