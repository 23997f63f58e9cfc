/** What React Native gives to an app and the bare VM lacks: timers, `fetch`, and Expo's UUIDs. Nothing more. */
const absent = ['crypto', 'URL', 'URLSearchParams', 'TextDecoder', 'TextEncoder', 'AbortController', 'btoa']
print(`absent: ${absent.filter((name) => globalThis[name] === undefined).join(' ')}`)

const host = { disk: new Map(), requests: [], saved: 0 }
globalThis.host = host
// No request hangs here, so nothing waits for a time limit.
globalThis.setTimeout = () => 0
globalThis.clearTimeout = () => {}

let count = 0
globalThis.expo = {
  uuidv4: () => {
    count += 1
    return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  },
}

let issued = 0
const answers = {
  '/v1/oauth/token': () => {
    issued += 1
    return { access_token: `access${issued}`, refresh_token: `refresh${issued}`, expires_in: 3600 }
  },
  '/v1/oauth/revoke': () => ({}),
  '/v1/me': () => ({ userId: 7, name: 'Ada', handle: 'ada' }),
}

globalThis.fetch = async (url, { body }) => {
  const path = url.replace('https://api.audius.co', '')
  const { grant_type } = JSON.parse(body ?? '{}')
  host.requests.push([path, grant_type].filter(Boolean).join(':'))
  return {
    ok: true,
    status: 200,
    headers: { get: () => null },
    text: async () => JSON.stringify(answers[path]()),
  }
}
