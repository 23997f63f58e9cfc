import { consentPage } from '../../src/pages/login/consent.tsx'
import { signInPage } from '../../src/pages/login/sign-in.tsx'
import { signUpPage } from '../../src/pages/login/sign-up.tsx'
import { signedOutPage, signOutPage } from '../../src/pages/login/signed-out.tsx'
import { askForResetPage, resetSentPage } from '../../src/pages/recovery/ask.tsx'
import { newPasswordPage, resetEndedPage } from '../../src/pages/recovery/choose.tsx'
import { confirmEmailPage } from '../../src/pages/recovery/confirm-email.tsx'
import { reauthenticatePage } from '../../src/pages/session/reauthenticate.tsx'
import { errorPage } from '../../src/pages/views/error.tsx'
import { homePage } from '../../src/pages/views/home.tsx'
import { outboxPage } from '../../src/pages/views/outbox.tsx'
import type { Client, Hidden, Page, Person } from '../../src/pages/views/page.ts'
import { redirectDifference } from '../../src/pages/views/redirect-uri-diff.ts'

export const page: Page = {
  brand: 'Audius',
  stylesheet: '/assets/stagedoor.css',
  memberStylesheet: '/assets/member.css',
  memberScript: '/assets/member.js',
  passkeyScript: '/assets/passkey.js',
  development: true,
  sendsMail: true,
  links: [],
}
export const hidden: Hidden = { request: 'r/1', next: null, csrf: 'c1' }
export const client: Client = {
  name: 'Wavelength',
  logo: null,
  isRegistered: true,
  documentHost: null,
  isNamesake: false,
  isNative: false,
  owner: 'maker',
  links: [],
  redirectHost: 'wavelength.app',
}
/** A consent to an app that was never allowed before. */
export const noNews = { formerName: null, allowed: null, isElsewhere: false } as const
export const person: Person = {
  handle: 'mira',
  name: 'Mira Hollow',
  picture: 'https://media.example/150x150.jpg',
  isVerified: true,
}

/** Every page with one text in each place that a stranger can fill. */
export function everyPage(text: string): Record<string, string> {
  const stranger = {
    ...client,
    name: text,
    logo: text,
    owner: text,
    links: [{ href: text, text }],
    redirectHost: text,
  }
  const someone = { ...person, handle: text, name: text, picture: text }
  const fields = { request: text, next: text, csrf: text }
  const unregistered = { ...stranger, isRegistered: false, isNative: true }
  return {
    signIn: signInPage({
      page,
      client: stranger,
      hidden: fields,
      login: text,
      error: text,
      picker: [someone],
    }),
    reauthenticate: reauthenticatePage({
      ...{ page, csrf: text, error: text, action: '/developers', why: 'due' },
      person: { handle: text, name: text, picture: text, isVerified: true },
      fields: [[text, text]],
    }),
    signUp: signUpPage({
      page,
      client: unregistered,
      hidden: fields,
      values: { handle: text, name: text, email: text },
      errors: { handle: text, name: text, email: text, password: text },
    }),
    consent: consentPage({
      page,
      client: stranger,
      person: someone,
      scope: 'write',
      news: { formerName: text, allowed: 'read', isElsewhere: true },
      hidden: fields,
    }),
    unregistered: consentPage({
      page,
      client: unregistered,
      person: someone,
      scope: 'read',
      news: noNews,
      hidden: fields,
    }),
    error: errorPage({
      page,
      heading: text,
      what: text,
      fault: 'app',
      next: text,
      requestId: text,
      link: { href: '/v1/oauth/authorize', label: text },
      redirect: {
        difference: redirectDifference(text, [`https://myapp.com/${text}`]),
        app: { apiKey: text, name: text, logo: text },
        offer: null,
      },
    }),
    ownError: errorPage({
      page,
      heading: text,
      what: text,
      fault: 'app',
      next: text,
      requestId: text,
      link: { href: '/v1/oauth/authorize', label: text },
      redirect: {
        difference: redirectDifference(text, [`https://myapp.com/${text}`]),
        app: { apiKey: text, name: text, logo: text },
        offer: { query: text, csrf: text, fault: null },
      },
    }),
    askForReset: askForResetPage({ page, client: stranger, hidden: fields, login: text, error: text }),
    resetSent: resetSentPage({ page, hidden: fields, hasOutbox: true }),
    newPassword: newPasswordPage({
      page,
      hidden: fields,
      token: text,
      handle: text,
      error: text,
    }),
    resetEnded: resetEndedPage({ page, hidden: fields }),
    confirmEmail: confirmEmailPage({ page, token: text, handle: text, email: text, isNew: true, csrf: text }),
    outbox: outboxPage({
      page,
      mails: [{ to: text, subject: text, text: `https://a.example/${text}`, at: 0 }],
      publicUrl: 'https://a.example',
    }),
    signOut: signOutPage({ page, person: someone, hidden: fields }),
    signedOut: signedOutPage({ page }),
    home: homePage({ page, person: someone, links: [] }),
  }
}
