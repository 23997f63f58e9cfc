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
  '/health_check': () => ({
    data: { diskHasSpace: true, network: { content_nodes: [{ endpoint: 'https://api.audius.co' }] } },
  }),
  '/uploads/one': () => ({
    status: 'done',
    orig_file_cid: 'original',
    orig_filename: 'Lied – 歌.mp3',
    results: { 320: 'stream' },
    probe: { format: { duration: '12.3' } },
  }),
  '/v1/oauth/token': () => {
    issued += 1
    return { access_token: `access${issued}`, refresh_token: `refresh${issued}`, expires_in: 3600 }
  },
  '/v1/oauth/revoke': () => ({}),
  '/v1/me': () => ({ userId: 7, name: 'Ada', handle: 'ada' }),
}

/** A file of the device, as React Native has it: its bytes can be cut and sent, not read. */
const song = { size: 5, slice: () => ({ size: 5 }) }

/** What a storage node answers, which is the API's own server here. */
const storage = {
  '/files/': { location: '/files/one' },
  '/files/one': { 'upload-offset': '5' },
}

globalThis.fetch = async (url, { body, method } = {}) => {
  if (url.startsWith('file:')) return { blob: async () => song }
  const path = url.replace('https://api.audius.co', '')
  if (path in storage) {
    host.requests.push(`${path}:${method}`)
    return {
      ok: true,
      status: 200,
      headers: { get: (name) => storage[path][name] ?? null },
      text: async () => '',
    }
  }
  const { grant_type } = JSON.parse(body ?? '{}')
  host.requests.push([path, grant_type].filter(Boolean).join(':'))
  return {
    ok: true,
    status: 200,
    headers: { get: () => null },
    text: async () => JSON.stringify(answers[path]()),
  }
}
