import { catalogue } from './catalogue.ts'
import { PageError, type PageWords, type RedirectError } from './oauth.ts'

export const byApp = (heading: string, what: string, next: string, code = 'invalid_request'): PageWords => ({
  status: 400,
  code,
  heading,
  what,
  fault: 'app',
  next,
})

const askTheDeveloper = 'Nothing was shared. Go back to the app, and tell its developer what this page says.'

/** RFC 6749 §4.1.2.1, first paragraph: the client or its redirect URI is not proven, so nothing is redirected. */
export const unproven = catalogue('unproven', {
  repeated: (name: string) =>
    new PageError(
      byApp('This login link is broken', `The app sent ${name} more than once or garbled.`, askTheDeveloper),
    ),
  unreadable: (status: number, fault: string) =>
    new PageError({ ...byApp('This login link is broken', fault, askTheDeveloper), status }),
  noClient: () =>
    new PageError(
      byApp(
        'This login link is broken',
        'The app did not say who it is: api_key (or client_id) is missing.',
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
  noKey: (length: number) =>
    new PageError(
      byApp(
        'This app is not known here',
        `What it sent as api_key is no key: it has ${length} characters, and a key is 40 hex digits. The variable that holds it may not be set.`,
        askTheDeveloper,
        'invalid_client',
      ),
    ),
  noDocument: () =>
    new PageError(
      byApp(
        'This app is not known here',
        'What it sent as client_id is an address, and not one that a client document can have: https, with a path, without a fragment, and written as browsers write it.',
        askTheDeveloper,
        'invalid_client',
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
  unregistered: (appName: string) =>
    new PageError(
      byApp(
        'This redirect URI is not registered',
        `${appName} asked to be returned to an address that its developer has not registered.`,
        `Nothing was shared. Tell the developer of ${appName} that it sends a redirect URI which is not registered: what they need to know is below.`,
      ),
    ),
  /** The same in words for the app's own developer. */
  unregisteredByYou: (appName: string) =>
    new PageError({
      ...byApp(
        'This redirect URI is not registered',
        `Your app ${appName} asked to be returned to an address that you have not registered.`,
        'Register the address exactly as it was sent, or have your app send the registered one.',
      ),
      fault: 'person',
    }),
})

const byPerson = (status: number, code: string, heading: string, what: string, next: string) =>
  new PageError({ status, code, heading, what, fault: 'person', next })

export const noPage = () =>
  byPerson(
    404,
    'not_found',
    'There is no such page',
    'There is nothing at this address.',
    'Check it, or go back to where you came from.',
  )

/** Requests that are refused before it is known what they ask for: to people by a page, to programs in JSON. */
export const unread = catalogue('unread', {
  nowhere: noPage,
  url: (kilobytes: number) =>
    byPerson(
      414,
      'invalid_request',
      'This address is too long',
      `It is longer than the ${kilobytes} kB that are read here.`,
      'Go back and try again. An app sends no more than what its login needs.',
    ),
  urlOfApp: (kilobytes: number) =>
    new PageError({
      ...byApp(
        'This login link is too long',
        `The app has put more into it than the ${kilobytes} kB that are read here.`,
        `${askTheDeveloper} What state stands for can stay in the app: a random text of 43 characters is enough. An emoji takes twelve in an address.`,
      ),
      status: 414,
    }),
  headers: (kilobytes: number) =>
    byPerson(
      431,
      'invalid_request',
      'Your browser sent too much with this request',
      `Its headers are longer than the ${kilobytes} kB that are read here. In a browser that is mostly cookies: those that apps at this host have set, whatever their port.`,
      'Delete the cookies of this host in the settings of your browser, then load the page again.',
    ),
  head: (kilobytes: number) =>
    byPerson(
      431,
      'invalid_request',
      'Your browser sent too much with this request',
      `Its address and headers are longer than the ${kilobytes} kB that are read here. In a browser that is mostly cookies: those that apps at this host have set, whatever their port.`,
      'Delete the cookies of this host in the settings of your browser, then load the page again. If its address is as long as a page, tell the developer of the app that led you here.',
    ),
  noHost: () =>
    byPerson(
      400,
      'invalid_request',
      'This could not be read',
      'It does not say which host it is for.',
      'Send the header Host, then try again.',
    ),
  expectation: () =>
    byPerson(
      417,
      'invalid_request',
      'This could not be read',
      'Its header Expect is another than 100-continue.',
      'Leave that header out, then try again.',
    ),
  coding: () =>
    byPerson(
      501,
      'invalid_request',
      'This could not be read',
      'Its Transfer-Encoding is another than chunked.',
      'Send the body as it is, then try again.',
    ),
  tunnel: () =>
    byPerson(
      501,
      'invalid_request',
      'This server is no proxy',
      'It opens no connection to another.',
      'Take it out of the settings for proxies.',
    ),
  twice: (header: string) =>
    byPerson(
      400,
      'invalid_request',
      'This could not be read',
      `It has the header ${header} more than once.`,
      'Send it once, then try again.',
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
})
export function waitInWords(seconds: number): string {
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
