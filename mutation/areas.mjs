/**
 * What is mutated together, and the tests that must notice: few and quick, as each mutant runs those that reach it.
 * @type {Readonly<Record<string, { readonly project: 'server' | 'sdk', readonly mutate: readonly string[], readonly tests: readonly string[] }>>}
 */
export const areas = {
  'sdk-protocol': {
    project: 'sdk',
    mutate: ['sdk/src/protocol/*.ts'],
    tests: [
      ...['authorization-response', 'pkce', 'redirect', 'popup', 'session', 'node-server-side', 'open-url'],
      'lost-exchange',
    ],
  },
  'sdk-session': {
    project: 'sdk',
    mutate: ['sdk/src/session/*.ts'],
    tests: ['session', 'session-state', 'logout', 'token-store', 'lost-exchange', 'redirect'],
  },
  'sdk-handoff': {
    project: 'sdk',
    mutate: ['sdk/src/login/handoff.ts', 'sdk/src/login/redeem.ts', 'sdk/src/login/persist.ts'],
    tests: [
      ...['popup', 'popup-loss', 'popup-patience', 'redirect', 'lost-exchange', 'exchange-again'],
      ...['wrong-server', 'abort', 'other-tabs'],
    ],
  },
  'sdk-keychain': {
    project: 'sdk',
    mutate: ['sdk/src/platform/secure-store.ts'],
    tests: ['native-secure-store'],
  },
  oauth: {
    project: 'server',
    mutate: ['server/src/oauth/**/*.ts', '!server/src/oauth/grants/*.ts'],
    tests: [
      'oauth/*',
      ...['authorize-client', 'authorize-request', 'authorize-answer', 'authorize-interaction'].map(wire),
      ...['authorize-unregistered', 'token', 'refresh', 'revoke', 'same-answer', 'consent', 'me'].map(wire),
    ],
  },
  grants: {
    project: 'server',
    mutate: ['server/src/oauth/grants/*.ts'],
    tests: ['token', 'refresh', 'device', 'dpop', 'openid'].map(wire),
  },
  crypto: {
    project: 'server',
    mutate: ['server/src/crypto/*.ts'],
    tests: ['crypto/*', 'oauth/credential', wire('refresh')],
  },
  forms: {
    project: 'server',
    mutate: ['server/src/pages/session/*.ts', 'server/src/pages/login/consent.ts'],
    tests: [
      'form-token',
      ...['consent', 'session-attacks', 'member-forms', 'reauthenticate'].map(wire),
      ...['passkey-proof', 'authorize-interaction'].map(wire),
    ],
  },
  'uploads-guards': {
    project: 'server',
    mutate: [
      'server/src/uploads/tus/*.ts',
      'server/src/uploads/processing/ffmpeg.ts',
      'server/src/uploads/processing/file-type.ts',
    ],
    tests: ['limits', 'types', 'offsets', 'owners', 'protocol', 'checksum', 'ffmpeg'].map(
      (name) => `uploads/${name}`,
    ),
  },
  store: {
    project: 'server',
    mutate: ['server/src/store/sql/{oauth,accounts,limits}/*.ts', 'server/src/store/sql/sweep.ts'],
    tests: ['store/sqlite', 'store/rows', 'store/sweeper'],
  },
}

/** @param {string} name */
function wire(name) {
  return `wire/${name}`
}
