import { catalogue } from './catalogue.ts'
import { PageError } from './oauth.ts'
import { byApp } from './page.ts'

const afterLogout = 'You may still be signed in here: sign out from your account if you want to be.'

/** RP-Initiated Logout §3: an app that logs somebody out is not proven, so nobody is sent to it. */
export const logout = catalogue('logout', {
  broken: (name: string) =>
    new PageError(
      byApp('This logout link is broken', `The app sent a ${name} that cannot be read.`, afterLogout),
    ),
  otherClient: () =>
    new PageError(
      byApp(
        'This logout link is broken',
        'client_id is not the app that the ID token was issued to.',
        afterLogout,
      ),
    ),
  unknownClient: () =>
    new PageError(
      byApp(
        'This app is not known here',
        'client_id is the API key of no app here.',
        afterLogout,
        'invalid_client',
      ),
    ),
  noClient: () =>
    new PageError(
      byApp(
        'This logout link is broken',
        'With post_logout_redirect_uri the app must say who it is, by id_token_hint or client_id.',
        afterLogout,
      ),
    ),
  unregistered: (appName: string) =>
    new PageError(
      byApp(
        'This address is not the app’s own',
        `${appName} asked to be returned to an address after the logout that is neither one of its redirect URIs nor the front page of one.`,
        afterLogout,
      ),
    ),
})
