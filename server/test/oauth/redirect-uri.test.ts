import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLoopback, isPrivateUse, redirectHost, redirectUriFault } from '../../src/apps/redirect-uri.ts'

describe('a redirect URI may be registered:', () => {
  test.each([
    'https://app.example/cb',
    'https://app.example',
    'https://app.example/',
    'https://app.example:8443/a/b?tenant=1&x=%20',
    'https://xn--pp-6kc.example/cb',
    'http://localhost:5177/',
    'http://localhost:5177',
    'http://localhost/cb',
    'http://app.localhost:3000/cb',
    'http://a.b-c.localhost/',
    'http://127.0.0.1/cb',
    'http://127.0.0.1:3000/cb',
    'http://[::1]/cb',
    'https://localhost/cb',
    'https://app.example/a..b/c...d',
    'myapp://oauth/callback',
    'myapp://',
    'com.example.app:/cb',
    'com.example.app://cb',
    'exp+my-app://expo',
    `https://app.example/${'x'.repeat(1980)}`,
  ])('%.80s', (uri) => expect(redirectUriFault(uri)).toBeUndefined())
})

const refused: readonly (readonly [rule: string, ...uris: readonly string[]])[] = [
  [
    'scheme',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'file:///etc/passwd',
  ],
  [
    'scheme',
    'blob:https://a.example/x',
    'about:blank',
    'view-source:https://a.example',
    'intent://x',
    'ws://a.example/',
  ],
  [
    'scheme',
    'wss://a.example/',
    'ftp://a.example/',
    'mailto:a@b.example',
    'tel:1',
    'sms:1',
    'filesystem:x',
    'app.example/cb',
  ],
  ['scheme', '/cb', 'cb', 'localhost:3000/cb', '1app:/cb', '://x', 'my_app://x', 'https://'],
  [
    'characters',
    'java\nscript:alert(1)',
    ' https://app.example/cb',
    'https://app.example/cb ',
    'https://app.example/c b',
  ],
  [
    'characters',
    'https:\\\\app.example\\cb',
    'https://app.example\\@evil.example/cb',
    'https://аpp.example/cb',
    '',
  ],
  [
    'characters',
    'https://app.example/\u0000',
    'https://app.example/\u007f',
    'https://app。example/',
    'https://ap\tp.example/',
  ],
  ['fragment', 'https://app.example/cb#', 'https://app.example/cb#x', 'myapp://cb#x'],
  [
    'userinfo',
    'https://app.example@evil.example/cb',
    'https://u:p@app.example/cb',
    'https://@app.example/cb',
    'myapp://u@cb',
  ],
  [
    'traversal',
    'https://app.example/a/../cb',
    'https://app.example/..',
    'https://app.example/a/%2e%2e/cb',
    'myapp://a/../b',
  ],
  [
    'traversal',
    'https://app.example/a/%2E%2e/cb',
    'https://app.example/a/.%2e/cb',
    'https://app.example/a/%2f../cb',
  ],
  [
    'traversal',
    'https://app.example/%5c../cb',
    'https://app.example/a%5ccb',
    'https://app.example/%252e%252e/cb',
    'https://app.example/%25252f',
  ],
  [
    'traversal',
    'https://app.example/%00',
    'https://app.example/cb?next=/..',
    'https://app.example/cb?next=/%2e%2e',
  ],
  ['wildcard', 'https://*.app.example/cb', 'https://app.example/*', 'https://app.example/cb?x=*'],
  [
    'ip',
    'https://8.8.8.8/cb',
    'https://10.0.0.1/cb',
    'http://127.0.0.2/cb',
    'http://0.0.0.0/cb',
    'http://[::]/cb',
  ],
  ['ip', 'http://[::ffff:127.0.0.1]/cb', 'https://[2001:db8::1]/cb', 'http://169.254.169.254/'],
  [
    'canonical',
    'http://2130706433/cb',
    'http://0x7f.1/cb',
    'http://127.1/cb',
    'http://0177.0.0.1/cb',
    'http://[0:0:0:0:0:0:0:1]/cb',
  ],
  [
    'canonical',
    'https://APP.example/cb',
    'HTTPS://app.example/cb',
    'https://app.example:443/cb',
    'http://localhost:80/cb',
  ],
  [
    'canonical',
    'https://app.example./cb',
    'https://app%2eexample/cb',
    'https:app.example/cb',
    'https:///app.example/cb',
    'MYAPP://cb',
  ],
  ['canonical', 'https://app.example/./cb', 'https://app.example?x=1', 'http://localhost:03000/'],
  ['port', 'http://127.0.0.1:0/cb', 'http://[::1]:0/', 'https://app.example:0/cb'],
  ['https', 'http://app.example/cb', 'http://localhost.example/cb', 'http://localhost.evil.example/cb'],
  [
    'query',
    'https://app.example/cb?code=x',
    'https://app.example/cb?a=1&state=',
    'https://app.example/cb?iss',
    'https://app.example/cb?%65rror=x',
  ],
  ['length', `https://app.example/${'x'.repeat(1981)}`],
]

describe('a redirect URI may not be registered, for the first rule that it breaks:', () => {
  const cases = refused.flatMap(([rule, ...uris]) => uris.map((uri) => [uri, rule] as const))
  test.each(cases)(
    '%j breaks %s (RU-1, RU-2, RU-3, RU-4, RU-5, RU-6, RU-7, RU-8, RU-9, RU-10, RU-11, RU-12, RU-14, RU-15)',
    (uri, rule) => {
      const fault = redirectUriFault(uri)
      expect(fault).toEqual({ rule: expect.any(String), words: expect.stringMatching(/\.$|: \S+$/) })
      expect(fault?.rule).toBe(rule)
    },
  )

  test.each([
    ['https://müsik.example/cb', 'Write it as browsers do: https://xn--msik-0ra.example/cb'],
    ['https://例え.テスト/', 'Write it as browsers do: https://xn--r8jz45g.xn--zckzah/'],
    [
      'https://app.example/rückruf?ort=Köln',
      'Write it as browsers do: https://app.example/r%C3%BCckruf?ort=K%C3%B6ln',
    ],
    ['https://müsik.example/cb#', 'It may not contain a fragment (#).'],
    [
      'http://müsik.example/',
      'It must begin with https://; http:// is for localhost and loopback addresses only.',
    ],
    ['https://app.example/\u202ecb', 'It may only contain visible ASCII characters, and no backslash.'],
  ])('%s in another script is told how to be written, or what else is wrong', (uri, words) =>
    expect(redirectUriFault(uri)?.words).toBe(words),
  )

  test('what is accepted reads the same to every parser (RM-8)', () => {
    const part = fc.constantFrom(
      'https',
      'http',
      'myapp',
      ':',
      '//',
      '/',
      '@',
      '?',
      '#',
      '.',
      '..',
      '%2e',
      '\\',
      'localhost',
      '127.0.0.1',
      'app.example',
      '[::1]',
      '443',
      '*',
      'A',
      ' ',
      '\u00e9',
      'code=',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
          fc.webUrl(),
          fc.string(),
        ),
        (uri) => {
          if (redirectUriFault(uri) !== undefined) return
          const url = new URL(uri)
          const [, scheme = '', host] = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?/.exec(uri) ?? []
          expect(url.protocol).toBe(`${scheme}:`)
          if (host !== undefined) expect(url.host).toBe(host)
          expect([url.username, url.password, url.hash]).toEqual(['', '', ''])
          expect([uri, `${uri}/`]).toContain(url.href)
        },
      ),
      { numRuns: 5000 },
    )
  })
})

test('what a person is shown of it is the host, or the app’s scheme', () => {
  expect(redirectHost('https://app.example:8443/cb')).toBe('app.example:8443')
  expect(redirectHost('https://xn--pp-6kc.example/cb')).toBe('xn--pp-6kc.example')
  expect(redirectHost('myapp://evil.example/cb')).toBe('myapp://')
})

test('it is known whether other software on a device could claim it', () => {
  expect(['myapp://cb', 'com.example:/'].map(isPrivateUse)).toEqual([true, true])
  expect(['https://a.example', 'http://localhost'].map(isPrivateUse)).toEqual([false, false])
  const here = ['http://localhost', 'http://127.0.0.1:1/x', 'http://[::1]?x', 'http://app.localhost:3000/cb']
  expect(here.map(isLoopback)).toEqual(here.map(() => true))
  expect(
    [
      'https://localhost/',
      'http://localhost.a/',
      'http://localhost@a/',
      'http://localhost:0/',
      'http://notlocalhost/',
      'http://.localhost/',
      'http://localhost.evil.example/',
    ].filter(isLoopback),
  ).toEqual([])
})

describe('a scheme that opens something else than the app', () => {
  test.each(
    `ms-settings ms-word ms-appinstaller ms-screenclip microsoft-edge search-ms search shell vscode vscode-insiders
     zoommtg steam slack spotify tg whatsapp skype itms-services facetime-audio x-apple.systempreferences prefs
     android-app market intent chrome edge moz-extension apt git git+ssh ssh ldap smb nfs jar res view-source feed
     jnlp mk mhtml wyciwyg help rdp powershell web+app callto macappstore app-prefs x-man-page x-github-client
     git-client winget mmc bash snap davs man lightning upi alipays venmo fb viber obsidian acrobat2018 roblox-player
     minecraft docker-desktop com.epicgames.launcher unityhub explorer.assocactionid.burn`.split(/\s+/),
  )('%s: may not be registered (RU-1)', (scheme) =>
    expect(redirectUriFault(`${scheme}://x/cb`)?.rule).toBe('scheme'),
  )

  test.each([
    'myapp://oauth/callback',
    'myapp:///cb',
    'com.example.app:/cb',
    'exp://192.168.0.2/--/cb',
    'capacitor://localhost',
    'tauri://localhost',
    'wavelength://done',
    'msapp-example://cb',
  ])('%s is an app’s own (RU-13)', (uri) => expect(redirectUriFault(uri)).toBeUndefined())
})
