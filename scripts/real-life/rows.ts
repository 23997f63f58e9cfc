/** A situation of a login in real life, the test that holds it, and where else its kind was found and mended. */
export interface Row {
  readonly what: string
  readonly file: string
  /** What the test's name says, or the case of it. */
  readonly test: string
  readonly also: string
}

const row = (what: string, file: string, test: string, also: string): Row => ({ what, file, test, also })

/** Every row by its id: L of logins that went wrong, S of sessions that were lost. */
export const rows: Readonly<Record<string, Row>> = {
  L1: row(
    'Allow pressed twice, or Enter twice, on a slow network',
    'e2e/login/slow-network.test.ts',
    'a double click on Allow, and Enter twice, reach the app with one code',
    'every form of a member and of an owner of apps: `server/test/wire/member-forms.test.ts`; passkeys sent twice',
  ),
  L2: row(
    'A page whose `fetch` adds headers of its own',
    'server/test/wire/any-origin.test.ts',
    'whatever headers a preflight asks for are allowed where no cookie is read:',
    'every endpoint without cookies',
  ),
  L3: row(
    'A router that leads on before the answer was read',
    'habitats/routers.ts',
    'logs in on the full page by the %s, and stays so',
    'popup and full page, fragment and query, React and Vue',
  ),
  L4: row(
    'A router that writes an answer back that was spent',
    'sdk/test/redirect.test.ts',
    'is cleaned away once more when a router writes it back',
    'an answer that is reloaded',
  ),
  L5: row(
    'Two tabs that open a login at once on a first visit',
    'e2e/login/slow-network.test.ts',
    'two tabs that open a login at once on a first visit both complete',
    'the forms: `server/test/wire/two-tabs.test.ts`',
  ),
  L6: row(
    'A password typed in two forms of Unicode',
    'server/test/wire/recovery.test.ts',
    'a password is the same however its device writes its letters',
    'names and emails of accounts, names of apps, hosts, endpoints',
  ),
  L7: row(
    'The SDK at the edge, and a `fetch` that refuses its fields',
    'habitats/workerd.ts',
    'Cloudflare Workers (workerd by miniflare)',
    'a request that cannot be is thrown as it is, wherever the SDK sends one',
  ),
  L8: row(
    'A refresh whose answer was lost, asked again later',
    'server/test/wire/refresh.test.ts',
    'whose answer was lost gets the same pair hours later, and the login goes on with it',
    'a chain of lost answers: `server/test/store/contract/refresh-recovery.ts`',
  ),
  L9: row(
    'A clock that jumps between login and callback',
    'sdk/test/redirect.test.ts',
    'outlive a clock that jumps by %i ms',
    'native apps, servers, and the limits of the server',
  ),
  L10: row(
    'A login page that was left open past its time',
    'server/test/wire/dead-ends.test.ts',
    'says that its time is up, names the app, and starts again with all that was asked and typed',
    'blocked cookies, another browser, finished logins',
  ),
  L11: row(
    '`HEAD` wherever there is `GET`',
    'server/test/wire/methods.test.ts',
    'HEAD answers what GET does, without the body (RFC 9110 §9.3.2):',
    'the server of a login on the command line',
  ),
  L12: row(
    'Charsets, and a byte order mark before JSON',
    'server/test/wire/token-form.test.ts',
    'and a byte order mark before it',
    'bodies of the API: `server/test/wire/track-body.test.ts`',
  ),
  L13: row(
    'An endpoint written in another way',
    'sdk/test/config.test.ts',
    'takes %s for the API at %s (L13)',
    'a path in it is refused before anything is opened',
  ),
  L14: row(
    'A redirect URI below `localhost`',
    'server/test/oauth/redirect-uri.test.ts',
    'http://app.localhost:3000/cb',
    'the listener of a login on the command line, the form of a URI that is offered',
  ),
  L15: row(
    'Large cookies of other apps on the same host',
    'server/test/wire/unread.test.ts',
    'five cookies of 3.9 kB that other apps on this host have set do no harm',
    'a slash at the end: `server/test/wire/methods.test.ts`',
  ),
  L16: row(
    'A callback page that does nothing with its answer, and a server that is another',
    'sdk/test/wrong-server.test.ts',
    'is told of in the console of a developer, with the line to add (L16)',
    'stopped servers, `https` for `http`, paths in the endpoint; on the page, the command line and the phone',
  ),
  L17: row(
    'An error in Node that nothing caught',
    'sdk/test/entries.test.ts',
    'what is not caught is shown in a few lines, with the message among them',
    'every build for servers',
  ),
  L18: row(
    'Names with joiners and emoji',
    'server/test/oauth/words.test.ts',
    '%s may be one, for its joiners stand where they belong',
    'names of people and of apps',
  ),
  L19: row(
    'Two redirect URIs in one field',
    'server/test/oauth/registrable-form.test.ts',
    ', and ',
    'quotes, brackets, lists of JSON',
  ),
  L20: row(
    'Settings that have a form and no use',
    'server/test/operate/doctor.test.ts',
    'says of each thing that is wrong what to do',
    'the start: `server/test/operate/start.test.ts`',
  ),
  L21: row(
    'Allow on a small screen',
    'e2e/login/redress.test.ts',
    'show Allow only where all that it allows has been in sight',
    'what is new is marked: `server/test/views/words.test.ts`',
  ),
  L22: row(
    'Forced colours',
    'server/test/views/forced-colors.test.ts',
    'in forced colours what is current is told by colours that are drawn',
    'tabs, periods, the bar, and the contents of the documentation',
  ),
  L23: row(
    'A disabled account and its right password',
    'server/test/wire/recovery.test.ts',
    'is told so with the right password or passkey, and with a wrong one nothing',
    'passkeys, password resets',
  ),
  S1: row(
    'A refresh that is answered late',
    'bench/losses/accidents.ts',
    'is answered after 12 s',
    'exchanges; the relations of all durations: `sdk/test/durations.test.ts`',
  ),
  S2: row(
    'A suspended tab that holds the lock',
    'sdk/test/durations.test.ts',
    'no wait outlasts what it waits within',
    'logins take the same lock',
  ),
  S3: row(
    'An answer lost, then a closed lid',
    'bench/losses/accidents.ts',
    'is done, its answer is lost, then 12 s without a network',
    'see L8',
  ),
  S4: row(
    'An exchange that fails, or whose page is reloaded',
    'sdk/test/lost-exchange.test.ts',
    'on the full page goes back to the server by itself, by the same request, once',
    'popups, 429, 503, portals, firewalls, cut connections',
  ),
  S5: row(
    'A logout without a network',
    'sdk/test/logout.test.ts',
    'has not arrived where a portal answers for the server, and is told later',
    '503, and answers that are lost',
  ),
  S6: row(
    'A severed popup whose first page comes late',
    'sdk/test/popup-loss.test.ts',
    'severed, to a person who came back to this page, can still be answered',
    'a new login after it',
  ),
  S7: row(
    '`Retry-After`, and HTML for an answer',
    'sdk/test/lost-exchange.test.ts',
    'because of %s is made again by itself',
    'refreshes and profiles: `npm run losses -w bench`',
  ),
}
