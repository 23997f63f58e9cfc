import { inWords, lifetimes } from '../limits.ts'
import { catalogue } from './catalogue.ts'
import { PageError, type PageWords } from './oauth.ts'
import { noPage, waitInWords } from './page.ts'

const ended = (appName: string, { heading, what, next }: Pick<PageWords, 'heading' | 'what' | 'next'>) =>
  new PageError({
    status: 400,
    code: 'invalid_request',
    heading,
    what,
    fault: 'person',
    next: `${next} Or go back to ${appName}.`,
  })

/** The way on from a login that cannot go on. */
export const startingAgain = (href: string) => ({ link: { href, label: 'Start again' } })

/** What a person meets between an app's request and its answer. */
export const interaction = catalogue('interaction', {
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
  explanationEnded: () =>
    new PageError({
      status: 404,
      code: 'invalid_request',
      heading: 'Nothing is explained here',
      what: `A request is explained for as long as the log of its app has it, ${inWords(lifetimes.flowLog)}. This address is older than that, or a part of it is missing.`,
      fault: 'person',
      next: 'Open the whole address, or ask the developer of the app for another from its log.',
    }),
  tooManyOpen: () =>
    new PageError({
      status: 429,
      code: 'too_many_requests',
      heading: 'Too many pages follow this log',
      what: 'The log of an app is shown live on five pages at a time, and all of a developer’s to twenty.',
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
  finished: (appName: string, wasAllowed: boolean) =>
    ended(appName, {
      heading: 'This login is already finished',
      what: `You have ${wasAllowed ? 'allowed' : 'cancelled'} this login to ${appName}, and a login takes one answer.`,
      next: 'If you are not logged in there, start again.',
    }),
  expired: (appName: string) =>
    ended(appName, {
      heading: 'This login has ended',
      what: `It was begun more than ${inWords(lifetimes.request)} ago, and was not finished in that time.`,
      next: `Start again: ${appName} will be asked for once more, and nothing was shared.`,
    }),
  clockSetBack: (appName: string) =>
    ended(appName, {
      heading: 'This login has ended',
      what: 'The clock of this server was set back since it was begun, so nobody can tell what came first.',
      next: `Start again: ${appName} will be asked for once more, and nothing was shared.`,
    }),
  otherBrowser: (appName: string) =>
    ended(appName, {
      heading: 'This login belongs to another browser',
      what: `The login to ${appName} was begun in another browser or profile, or this one has lost its cookies since.`,
      next: 'Finish it in the browser in which you began. To log in here, start again.',
    }),
  noCookies: (appName: string) =>
    ended(appName, {
      heading: 'This browser keeps no cookies',
      what: 'A login needs one cookie of this site, and your browser did not send it back.',
      next: 'Allow cookies for this site in the settings of your browser, then start again.',
    }),
  appChanged: (appName: string) =>
    ended(appName, {
      heading: 'This login has ended',
      what: `${appName} was changed by its developer while this page was open, so nothing was allowed.`,
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
  forged: () =>
    new PageError({
      status: 403,
      code: 'access_denied',
      heading: 'This form was not sent from our page',
      what: 'The form came from another site, or from a page of another browser.',
      fault: 'person',
      next: 'Nothing was shared or changed. Go back, load the page again, and send the form from there.',
    }),
  accountChanged: () =>
    new PageError({
      status: 409,
      code: 'access_denied',
      heading: 'You switched accounts',
      what: 'Another account was signed in to this browser while this page was open, so nothing was allowed.',
      fault: 'person',
      next: 'Nothing was shared. Start again to see which account is asked for.',
    }),
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
  wrongHost: (publicUrl: string) =>
    new PageError({
      status: 421,
      code: 'invalid_request',
      heading: 'This server has another address',
      what: `It answers as ${publicUrl}.`,
      fault: 'server',
      next: `Open ${publicUrl} instead. If a proxy stands in front, let it pass the Host header on.`,
    }),
  busy: () =>
    new PageError({
      status: 503,
      code: 'temporarily_unavailable',
      heading: 'Too many people are signing in',
      what: 'The server is checking as many passwords as it can.',
      fault: 'server',
      next: 'Wait a few seconds, then go back and try again.',
    }),
  unavailable: () =>
    new PageError({
      status: 503,
      code: 'temporarily_unavailable',
      heading: 'We cannot do this right now',
      what: 'The server cannot store anything at the moment.',
      fault: 'server',
      next: 'Nothing was lost. Wait a minute, then reload this page.',
    }),
  unexpected: () =>
    new PageError({
      status: 500,
      code: 'server_error',
      heading: 'Something went wrong on our side',
      what: 'The server met an error it did not expect.',
      fault: 'server',
      next: 'Try again. If it happens twice, tell us the request id below.',
    }),
})
