import type { TokenStore } from '../platform/token-store.ts'

type Read = readonly [access: string | null, refresh: string | null]

async function read(store: TokenStore): Promise<Read> {
  return [await store.getAccessToken(), await store.getRefreshToken()]
}

function promise(isKept: boolean, words: string): void {
  if (!isKept) throw new Error(`The token store breaks a promise: ${words}`)
}

const isSame = (found: Read, expected: Read) => found.every((token, at) => token === expected[at])

/** An expiry is right within the seconds that a slow store may take. */
const isNear = (expiry: number | null, seconds: number) =>
  expiry !== null && Math.abs(expiry - Date.now() - seconds * 1000) < 10_000

/**
 * Whether a token store keeps the promises that the SDK counts on.
 *
 * @param makeStore Makes a store that holds nothing, each time.
 * @throws Error with the first broken promise in words.
 */
export async function checkTokenStore(makeStore: () => TokenStore | Promise<TokenStore>): Promise<void> {
  const store = await makeStore()
  const expiries = async () => [await store.getAccessTokenExpiry(), await store.getRefreshTokenExpiry()]
  promise(isSame(await read(store), [null, null]), 'a new one answers null for both tokens.')
  promise(
    (await expiries()).every((expiry) => expiry === null),
    'a new one answers null for both expiries.',
  )

  await store.setTokens('a1', 'r1', 60, 600)
  promise(isSame(await read(store), ['a1', 'r1']), 'it answers the tokens that were set.')
  const [access = null, refresh = null] = await expiries()
  promise(
    isNear(access, 60),
    'the access token’s expiry is in milliseconds since 1970, from seconds from now.',
  )
  promise(
    isNear(refresh, 600),
    'the refresh token’s expiry is in milliseconds since 1970, from seconds from now.',
  )

  await store.setTokens('a2', 'r2')
  promise(isSame(await read(store), ['a2', 'r2']), 'setTokens replaces both tokens.')
  promise(
    (await expiries()).every((expiry) => expiry === null),
    'setTokens without lifetimes forgets the old ones.',
  )

  await store.setTokens('a3', '', 0)
  promise(!(await store.getRefreshToken()), 'setTokens with no refresh token forgets the old one.')
  const [ended = null] = await expiries()
  promise(isNear(ended, 0), 'a lifetime of 0 seconds has ended: it is not unknown.')

  await store.clear()
  promise(isSame(await read(store), [null, null]), 'clear forgets both tokens.')
  promise(
    (await expiries()).every((expiry) => expiry === null),
    'clear forgets both expiries.',
  )
  await store.clear()

  await Promise.all([store.setTokens('a4', 'r4'), store.setTokens('a5', 'r5')])
  const [last, lastRefresh] = await read(store)
  promise(last?.slice(1) === lastRefresh?.slice(1), 'two writes at once leave the tokens of one of them.')
}
