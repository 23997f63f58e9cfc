import { inWords, lifetimes } from '../limits.ts'
import { type Mismatch, PageError, type PageWords, type RedirectError } from './oauth.ts'

const byApp = (heading: string, what: string, next: string, code = 'invalid_request'): PageWords => ({
  status: 400,
  code,
  heading,
  what,
  fault: 'app',
  next,
})

const askTheDeveloper = 'Nothing was shared. Go back to the app, and tell its developer what this page says.'

/** RFC 6749 §4.1.2.1, first paragraph: the client or its redirect URI is not proven, so nothing is redirected. */
export const unproven = {
  repeated: (name: string) =>
    new PageError(
      byApp('This login link is broken', `The app sent ${name} more than once or garbled.`, askTheDeveloper),
    ),
  noClient: () =>
    new PageError(
      byApp(
        'This login link is broken',
        'The app did not say who it is: api_key is missing.',
        askTheDeveloper,
      ),
    ),
  twoClients: () =>
    new PageError(
      byApp(
        'This login link is broken',
        'api_key and client_id are two names of one thing, and differ.',
        askTheDeveloper,
      ),
    ),
  unknownClient: () =>
    new PageError(
      byApp(
        'This app is not known here',
        'Its api_key belongs to no app on this server. It may have been deleted or mistyped.',
        askTheDeveloper,
        'invalid_client',
      ),
    ),
  suspended: (appName: string) =>
    new PageError({
      status: 403,
      code: 'unauthorized_client',
      heading: 'This app is suspended',
      what: `Whoever runs this server has suspended ${appName}: nobody can log in to it, and its access to every account has ended.`,
      fault: 'app',
      next: 'Nothing was shared. If you need the app, ask its developer when it will be back.',
    }),
  /** `broken` goes on from "app_name". */
  badAppName: (broken: string) =>
    new PageError(
      byApp(
        'This login link is broken',
        `app_name ${broken}. It must be 1 to 64 printable characters.`,
        askTheDeveloper,
        'invalid_client',
      ),
    ),
  takenAppName: () =>
    new PageError(
      byApp(
        'This app uses a name that is not its own',
        'Its app_name is that of this service, or looks like it.',
        askTheDeveloper,
        'invalid_client',
      ),
    ),
  noRedirectUri: () =>
    new PageError(
      byApp(
        'This login link is broken',
        'The app did not say where to return: redirect_uri is missing.',
        askTheDeveloper,
      ),
    ),
  badRedirectUri: (fault: string) =>
    new PageError(
      byApp('This app may not be returned to', `Its redirect_uri is not allowed: ${fault}`, askTheDeveloper),
      // The words may repeat the URI, whose query is nobody's to log.
      { reason: 'its redirect_uri breaks a rule' },
    ),
  unregistered: (mismatch: Omit<Mismatch, 'offer'>) =>
    new PageError(
      byApp(
        'This redirect URI is not registered',
        `${mismatch.app.name} asked to be returned to an address that its developer has not registered.`,
        `Nothing was shared. Tell the developer of ${mismatch.app.name} that it sends a redirect URI which is not registered: what they need to know is below.`,
      ),
      { mismatch: { ...mismatch, offer: null } },
    ),
  /** The same in words for the app's own developer. */
  unregisteredByYou: (mismatch: Mismatch) =>
    new PageError(
      {
        ...byApp(
          'This redirect URI is not registered',
          `Your app ${mismatch.app.name} asked to be returned to an address that you have not registered.`,
          'Register the address exactly as it was sent, or have your app send the registered one.',
        ),
        fault: 'person',
      },
      { mismatch },
    ),
} as const

const afterLogout = 'You may still be signed in here: sign out from your account if you want to be.'

/** RP-Initiated Logout §3: an app that logs somebody out is not proven, so nobody is sent to it. */
export const logout = {
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
} as const

const byPerson = (status: number, code: string, heading: string, what: string, next: string) =>
  new PageError({ status, code, heading, what, fault: 'person', next })

const noPage = () =>
  byPerson(
    404,
    'not_found',
    'There is no such page',
    'There is nothing at this address.',
    'Check it, or go back to where you came from.',
  )

/** Requests that are refused before it is known what they ask for: to people by a page, to programs in JSON. */
export const unread = {
  nowhere: noPage,
  url: (kilobytes: number) =>
    byPerson(
      414,
      'invalid_request',
      'This address is too long',
      `It is longer than the ${kilobytes} kB that are read here.`,
      'Go back and try again. An app sends no more than what its login needs.',
    ),
  headers: (kilobytes: number) =>
    byPerson(
      431,
      'invalid_request',
      'Your browser sent too much with this request',
      `Its headers are longer than the ${kilobytes} kB that are read here. In a browser that is mostly cookies: those that apps at this host have set, whatever their port.`,
      'Delete the cookies of this host in the settings of your browser, then load the page again.',
    ),
  late: () =>
    byPerson(
      408,
      'invalid_request',
      'Your request took too long',
      'It did not arrive whole in time.',
      'Check your connection, then try again.',
    ),
  notHttp: () =>
    byPerson(
      400,
      'invalid_request',
      'This could not be read',
      'It is not a valid HTTP request.',
      'Go back and try again.',
    ),
} as const
function waitInWords(seconds: number): string {
  if (seconds === 1) return 'a second'
  return seconds <= 60 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

/**
 * RFC 9700 §4.11.2: an app that nobody has registered can be anyone, so nobody is sent there before they have done
 * something here.
 */
export const notRedirected = (error: RedirectError, host: string, location: string) =>
  new PageError(
    {
      ...byApp(
        'This login cannot begin',
        `The app, which is not registered here, asked for something that cannot be: ${error.description}`,
        `Nothing was shared, and nobody has checked who ${host} is. Go on there only if you trust it.`,
        error.code,
      ),
    },
    { reason: error.reason, link: { href: location, label: `Go to ${host}` } },
  )

/** A login that cannot go on, and the address that begins it anew. */
export interface Restart {
  readonly appName: string
  readonly again: string
}

const restart = (
  { appName, again }: Restart,
  { heading, what, next }: Pick<PageWords, 'heading' | 'what' | 'next'>,
  status = 400,
) =>
  new PageError(
    {
      status,
      code: 'invalid_request',
      heading,
      what,
      fault: 'person',
      next: `${next} Or go back to ${appName}.`,
    },
    { link: { href: again, label: 'Start again' } },
  )

/** What a person meets between an app's request and its answer. */
export const interaction = {
  noPage,
  testEnded: () =>
    new PageError({
      status: 400,
      code: 'invalid_request',
      heading: 'This test login has ended',
      what: 'It was begun more than ten minutes ago, or in another browser or session than this one.',
      fault: 'person',
      next: 'Nothing was exchanged. Begin another on the page Test login of your app.',
    }),
  tooManyOpen: () =>
    new PageError({
      status: 429,
      code: 'too_many_requests',
      heading: 'Too many pages follow this log',
      what: 'The log of an app is told live to five pages at a time, and all of a developer’s to twenty.',
      fault: 'person',
      next: 'Close one of them, or reload the log to see what is new.',
    }),
  tooMany: (seconds: number) =>
    new PageError({
      status: 429,
      code: 'too_many_requests',
      heading: 'Too many requests',
      what: 'Your network has asked for more than this server answers at once.',
      fault: 'person',
      next: `Nothing was lost. Wait ${waitInWords(seconds)}, then try again.`,
    }),
  finished: (login: Restart, wasAllowed: boolean) =>
    restart(login, {
      heading: 'This login is already finished',
      what: `You have ${wasAllowed ? 'allowed' : 'cancelled'} this login to ${login.appName}, and a login takes one answer.`,
      next: 'If you are not logged in there, start again.',
    }),
  expired: (login: Restart) =>
    restart(login, {
      heading: 'This login has ended',
      what: `It was begun more than ${inWords(lifetimes.request)} ago, and was not finished in that time.`,
      next: `Start again: ${login.appName} will be asked for once more, and nothing was shared.`,
    }),
  otherBrowser: (login: Restart) =>
    restart(login, {
      heading: 'This login belongs to another browser',
      what: `The login to ${login.appName} was begun in another browser or profile, or this one has lost its cookies since.`,
      next: 'Finish it in the browser in which you began. To log in here, start again.',
    }),
  noCookies: (login: Restart) =>
    restart(login, {
      heading: 'This browser keeps no cookies',
      what: 'A login needs one cookie of this site, and your browser did not send it back.',
      next: 'Allow cookies for this site in the settings of your browser, then start again.',
    }),
  appChanged: (login: Restart) =>
    restart(login, {
      heading: 'This login has ended',
      what: `${login.appName} was changed by its developer while this page was open, so nothing was allowed.`,
      next: 'Start again.',
    }),
  unknownLogin: () =>
    new PageError({
      status: 400,
      code: 'invalid_request',
      heading: 'This login is not known here',
      what: 'The address of this page is not complete, or was made by another server.',
      fault: 'person',
      next: 'Nothing was shared. Go back to the app and log in again.',
    }),
  forged: (reason: string) =>
    new PageError(
      {
        status: 403,
        code: 'access_denied',
        heading: 'This form was not sent from our page',
        what: 'The form came from another site, or from a page of another browser.',
        fault: 'person',
        next: 'Nothing was shared or changed. Go back, load the page again, and send the form from there.',
      },
      { reason },
    ),
  accountChanged: (again: string) =>
    new PageError(
      {
        status: 409,
        code: 'access_denied',
        heading: 'You switched accounts',
        what: 'Another account was signed in to this browser while this page was open, so nothing was allowed.',
        fault: 'person',
        next: 'Nothing was shared. Start again to see which account is asked for.',
      },
      { link: { href: again, label: 'Start again' } },
    ),
  formWithoutCookies: () =>
    new PageError(
      {
        status: 403,
        code: 'access_denied',
        heading: 'This browser keeps no cookies',
        what: 'Signing in needs one cookie of this site, and your browser did not send it back.',
        fault: 'person',
        next: 'Nothing was shared or changed. Allow cookies for this site in the settings of your browser, load the page again, and send the form from there.',
      },
      { reason: 'the form came without the cookie of its browser' },
    ),
  wrongHost: (publicUrl: string, host: string) =>
    new PageError(
      {
        status: 421,
        code: 'invalid_request',
        heading: 'This server has another address',
        what: `It answers as ${publicUrl}.`,
        fault: 'server',
        next: `Open ${publicUrl} instead. If a proxy stands in front, let it pass the Host header on.`,
      },
      { reason: `Host was ${host}` },
    ),
  busy: () =>
    new PageError({
      status: 503,
      code: 'temporarily_unavailable',
      heading: 'Too many people are signing in',
      what: 'The server is checking as many passwords as it can.',
      fault: 'server',
      next: 'Wait a few seconds, then go back and try again.',
    }),
  unavailable: (reason: string) =>
    new PageError(
      {
        status: 503,
        code: 'temporarily_unavailable',
        heading: 'We cannot do this right now',
        what: 'The server cannot store anything at the moment.',
        fault: 'server',
        next: 'Nothing was lost. Wait a minute, then reload this page.',
      },
      { reason },
    ),
  unexpected: (reason: string) =>
    new PageError(
      {
        status: 500,
        code: 'server_error',
        heading: 'Something went wrong on our side',
        what: 'The server met an error it did not expect.',
        fault: 'server',
        next: 'Try again. If it happens twice, tell us the request id below.',
      },
      { reason },
    ),
} as const
