import { describe, expect, test } from 'vitest'
import { consentPage } from '../../src/pages/login/consent.tsx'
import { signInPage } from '../../src/pages/login/sign-in.tsx'
import { signUpPage } from '../../src/pages/login/sign-up.tsx'
import { signedOutPage, signOutPage } from '../../src/pages/login/signed-out.tsx'
import { errorPage } from '../../src/pages/views/error.tsx'
import { homePage } from '../../src/pages/views/home.tsx'
import { redirectDifference } from '../../src/pages/views/redirect-uri-diff.ts'
import { client, hidden, noNews, page, person } from './pages.ts'

/** What a reader reads. */
const text = (html: string) =>
  html
    .replace(/^.*<body>/s, '')
    .replace(/<\/(?:p|h1|h2|li|button|label|dt|dd)>/g, '\n')
    .replace(/<[^>]*>/g, '')
const texts = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, 'gs'))].map(([found]) => text(found).trim())
const form = (html: string, action: string) =>
  new RegExp(`<form[^>]*action="${action}".*?</form>`, 's').exec(html)?.[0] ?? ''
const values = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  )

const signIn = { page, client, hidden, login: '', error: null, picker: [] }

describe('sign in', () => {
  const html = signInPage(signIn)

  test('asks for a login and a password by their labels', () => {
    expect(texts(html, 'label')).toEqual(['Email or handle', 'Password'])
    expect(html).toMatch(
      /<label for="login">.*<input id="login" name="login"[^>]*autocomplete="username webauthn"/s,
    )
    expect(html).toMatch(
      /<input id="password" name="password"[^>]*type="password"[^>]*autocomplete="current-password"/,
    )
  })

  test('sends the request along, and Cancel sends nothing that was typed', () => {
    expect(texts(html, 'button')).toEqual(['Sign in', 'Sign in with a passkey', 'Cancel'])
    expect(values(form(html, '/sign-in'))).toEqual({ request: 'r/1', csrf: 'c1' })
    expect(form(html, '/cancel')).not.toMatch(/name="(?:login|password)"/)
    expect(values(form(html, '/cancel'))).toEqual({ request: 'r/1', csrf: 'c1' })
    expect(html).toContain('<button type="submit" form="cancel">Cancel</button>')
    expect(html).toContain('New here? <a href="/sign-up?request=r%2F1">Sign up</a>')
  })

  test('has nothing to cancel outside a request', () => {
    const alone = signInPage({ ...signIn, client: null, hidden: { request: null, next: null, csrf: 'c1' } })
    expect(texts(alone, 'button')).toEqual(['Sign in', 'Sign in with a passkey'])
    expect(values(alone)).toEqual({ csrf: 'c1' })
    expect(alone).toContain('href="/sign-up"')
    expect(alone).not.toContain('/cancel')
  })

  test('hides what only script can do', () => {
    expect(form(html, '/sign-in/passkey')).toMatch(/^<form[^>]* hidden>/)
    expect(values(form(html, '/sign-in/passkey'))).toEqual({ request: 'r/1', csrf: 'c1' })
  })

  test('says what is wrong to eyes and ears, and keeps the login', () => {
    const wrong = signInPage({ ...signIn, login: 'mira', error: 'These do not match.' })
    expect(wrong).toContain('role="alert" id="error">These do not match.<')
    expect(wrong).toMatch(
      /<input id="login"[^>]*value="mira"[^>]*aria-describedby="error" aria-invalid="true"/,
    )
    expect(wrong).toMatch(/<input id="password"[^>]*autofocus/)
    expect(wrong).not.toMatch(/<input id="login"[^>]*autofocus/)
  })

  test('offers each sample account with one click', () => {
    const picking = signInPage({ ...signIn, picker: [person] })
    expect(texts(picking, 'h2')).toEqual(['Sample accounts'])
    expect(values(form(picking, '/dev/sign-in'))).toEqual({ request: 'r/1', csrf: 'c1', handle: 'mira' })
    expect(form(picking, '/dev/sign-in')).toContain('<span>Continue as <bdi>@mira</bdi></span></button>')
  })
})

describe('sign up', () => {
  const values_ = { handle: 'mira', name: 'Mira', email: 'm@example.com' }

  test('asks for four things, each with its hint', () => {
    const html = signUpPage({ page, client, hidden, values: values_, errors: {} })
    expect(texts(html, 'label')).toEqual(['Handle', 'Name', 'Email', 'Password'])
    expect(texts(html, 'button')).toEqual(['Sign up', 'Cancel'])
    expect(html).toContain('href="/sign-in?request=r%2F1">Sign in</a>')
    for (const [name, autocomplete] of Object.entries({
      handle: 'username',
      name: 'name',
      email: 'email',
      password: 'new-password',
    })) {
      const input = new RegExp(`<input id="${name}"[^>]*>`).exec(html)?.[0]
      expect(input).toContain(`autocomplete="${autocomplete}"`)
      expect(input).toContain(`aria-describedby="${name}-hint"`)
      expect(html).toContain(`id="${name}-hint"`)
    }
    expect(html).not.toMatch(/<input id="password"[^>]*value/)
    expect(html).not.toContain('role="alert"')
  })

  test('gathers what is wrong above, and says it again at its field', () => {
    const html = signUpPage({ page, client, hidden, values: values_, errors: { handle: 'It is taken.' } })
    expect(html).toMatch(/role="alert".*<a href="#handle">It is taken\.<\/a>/s)
    expect(html).toMatch(
      /<input id="handle"[^>]*aria-describedby="handle-hint handle-error" aria-invalid="true"/,
    )
    expect(html).toContain('id="handle-error">It is taken.<')
    expect(html.match(/aria-invalid/g)).toHaveLength(1)
  })
})

describe('consent', () => {
  const consent = { page, client, person, scope: 'read' as const, news: noNews, hidden }

  test('names the app, the account and where the person goes next', () => {
    const html = consentPage(consent)
    expect(texts(html, 'h1')).toEqual(['Allow Wavelength to use your Audius account?'])
    expect(text(html)).toContain('You will be sent to wavelength.app.')
    expect(text(html)).toContain('@mira')
    expect(html).toContain('aria-label="Verified"')
    expect(html).toContain('Not you? <a href="/sign-in?request=r%2F1">Use another account</a>')
  })

  test('sends the account it showed', () => {
    const html = form(consentPage(consent), '/consent')
    expect(values(html)).toEqual({ request: 'r/1', csrf: 'c1', account: 'mira' })
    expect(html).toContain('<button type="submit" formaction="/cancel">Cancel</button>')
    expect(html).toContain('<button type="submit" class="primary allow">Allow</button>')
  })

  test('says what the app will be able to do, and what not', () => {
    const sees = ['See your profile', 'See your tracks, unlisted ones as well, and your library']
    expect(texts(consentPage(consent), 'li')).toEqual([
      ...sees,
      'Upload, save, edit or delete anything',
      'See your password or email',
      'See or change other apps of yours',
    ])
    expect(texts(consentPage({ ...consent, scope: 'write' }), 'li')).toEqual([
      ...sees,
      'Upload, edit and delete tracks',
      'Save tracks to your library and remove them',
      'Edit your profile',
      'See or change your password or email',
      'See or change other apps of yours',
      'Delete your account',
    ])
  })

  test('says whose the app is', () => {
    expect(text(consentPage(consent))).toContain('Owned by @maker')
    expect(text(consentPage({ ...consent, client: { ...client, owner: null } }))).toContain('Owner unknown')
  })

  test('marks what is new against what was allowed before', () => {
    const news = { formerName: 'Old Name', allowed: 'read' as const, isElsewhere: true }
    const html = consentPage({ ...consent, scope: 'write', news })
    expect(text(html)).toContain('Its name was Old Name when you allowed it before.')
    expect(texts(html, 'li').filter((item) => item.startsWith('New:'))).toEqual([
      'New: Upload, edit and delete tracks',
      'New: Save tracks to your library and remove them',
      'New: Edit your profile',
    ])
    expect(text(html)).toContain('which you have not allowed this app before')
    expect(text(consentPage({ ...consent, scope: 'write' }))).not.toMatch(/New:|before/)
  })

  test('warns of an app that nobody registered', () => {
    const warning = 'This app is not registered with Audius. It calls itself “Wavelength”'
    expect(text(consentPage({ ...consent, client: { ...client, isRegistered: false } }))).toContain(warning)
    expect(text(consentPage(consent))).not.toContain('not registered')
  })

  test('asks for a second thought before it opens an app on the device', () => {
    const native = { ...client, isNative: true, redirectHost: 'wavelength://' }
    expect(text(consentPage({ ...consent, client: native }))).toContain(
      'You will be sent to wavelength:// on this device. Allow this only if you started it in the app.',
    )
  })
})

describe('errors', () => {
  const problem = {
    page,
    heading: 'Unknown redirect URI',
    what: 'It is not registered.',
    requestId: 'id-1',
    link: null,
  }

  test('say what, whose fault, what next, and the request id', () => {
    const html = errorPage({ ...problem, fault: 'server', next: 'Try again.', redirect: null })
    for (const words of [
      'Unknown redirect URI',
      'It is not registered.',
      'The fault is in this server, not with you.',
      'Try again.',
      'Request id id-1',
    ])
      expect(text(html)).toContain(words)
  })

  test('mark what differs in a redirect URI and say it in words', () => {
    const difference = redirectDifference('http://localhost:3000/cb', ['http://localhost:5177/cb'])
    const redirect = { difference, app: { apiKey: '0', name: 'A', logo: null }, offer: null }
    const html = errorPage({ ...problem, fault: 'app', next: 'Tell its developer.', redirect })
    expect(texts(html, 'mark')).toEqual(['3000', '5177'])
    expect(texts(html, 'li')).toEqual(['The port is 3000; registered is 5177.'])
  })
})

test('sign out asks first, and signed out says what goes on', () => {
  const html = signOutPage({ page, person, hidden: { request: null, next: null, csrf: 'c1' } })
  expect(values(form(html, '/sign-out'))).toEqual({ csrf: 'c1' })
  expect(texts(html, 'button')).toEqual(['Sign out'])
  const done = signedOutPage({ page })
  expect(text(done)).toContain('You are signed out of Audius in this browser.')
  expect(text(done)).toContain('Apps that you logged in to stay logged in until you log out there.')
  expect(done).toContain('href="/sign-in"')
})

test('home says what this is and who is signed in', () => {
  const links = [{ href: '/m', text: 'Metadata' }]
  const html = homePage({ page, person: null, links })
  expect(texts(html, 'h1')).toEqual(['Log in with Audius'])
  expect(texts(html, 'a')).toEqual(['Sign in', 'Sign up', 'Metadata'])
  expect(texts(homePage({ page, person, links: [] }), 'a')).toEqual(['Your account', 'Sign out'])
})

test('only a development server says that it is one', () => {
  const banner = 'Development server: sample accounts, not for production'
  expect(signedOutPage({ page })).toContain(banner)
  expect(signedOutPage({ page: { ...page, development: false } })).not.toContain(banner)
})
