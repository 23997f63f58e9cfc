import { signedInBrowser, wholeSdkIn } from '@stagedoor/testkit/sdk'
import { refusal } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { apiOf } from '../src/api/all.ts'
import { isStagedoorError } from '../src/errors/errors.ts'
import type { SessionContext } from '../src/session/context.ts'

const cyclic: Record<string, unknown> = {}
cyclic['self'] = cyclic
const half = '\ud83c'

/** What no type allows, and JavaScript sends all the same. */
const odd: readonly (readonly [what: string, given: readonly unknown[]])[] = [
  ['nothing', []],
  ['null', [null]],
  ['a text', ['aBc12']],
  ['a number', [7]],
  ['a list', [['aBc12']]],
  ['a function', [() => {}]],
  ['a symbol', [Symbol('id')]],
  ['an object without a prototype', [Object.create(null)]],
  ['ids and options of null', [{ id: 'aBc12', trackId: 'aBc12', playlistId: 'aBc12' }, null]],
  ['ids and options of text', [{ id: 'aBc12', trackId: 'aBc12', albumId: 'aBc12' }, 'soon']],
  ['a signal that is none', [{ id: 'aBc12', trackId: 'aBc12', commentId: 'aBc12' }, { signal: 5 }]],
  ['a key that no header carries', [{ metadata: { albumName: 'x' } }, { idempotencyKey: 'schlüssel 🔑' }]],
  ['a key that is none', [{ metadata: { albumName: 'x' } }, { idempotencyKey: {} }]],
  ['metadata of null', [{ id: 'aBc12', trackId: 'aBc12', albumId: 'aBc12', metadata: null }]],
  ['metadata of text', [{ id: 'aBc12', playlistId: 'aBc12', albumId: 'aBc12', metadata: 'title' }]],
  ['metadata that holds itself', [{ id: 'aBc12', trackId: 'aBc12', albumId: 'aBc12', metadata: cyclic }]],
  ['metadata of a bigint', [{ id: 'aBc12', trackId: 'aBc12', metadata: { title: 1n, albumName: 'x' } }]],
  [
    'half a character for an id',
    [{ id: half, trackId: half, playlistId: half, albumId: half, handle: half }],
  ],
  ['half a character for a query', [{ id: 'aBc12', query: half, userId: half, url: half, wallet: half }]],
  ['objects for texts', [{ id: 'aBc12', query: {}, userId: {}, url: {}, wallet: {}, limit: {} }]],
  ['what has no text', [{ id: 'aBc12', query: Object.create(null), url: Object.create(null) }]],
]

async function signedIn() {
  const { server, browser, tokenStore } = await signedInBrowser()
  return { server, sdk: wholeSdkIn(browser.tab(), server.url, { services: { tokenStore } }) }
}

/** Every call by its path in `sdk()`: their names need no session. */
const calls = Object.entries(apiOf({} as SessionContext)).flatMap(([group, calls]) =>
  typeof calls === 'function' ? [[group]] : Object.keys(calls).map((call) => [group, call]),
)

const called = async (sdk: object, path: readonly string[], given: readonly unknown[]) => {
  const call: unknown = path.reduce<object>((from, name) => Reflect.get(from, name), sdk)
  if (typeof call !== 'function') throw new Error(`sdk().${path.join('.')} is no call.`)
  try {
    return await Reflect.apply(call, undefined, given)
  } catch (error) {
    return error
  }
}

test('There are calls of every group', () => {
  expect(new Set(calls.map(([group]) => group)).size).toBe(7)
  expect(calls.length).toBeGreaterThan(60)
})

test.each([
  ['tracks.getTrack', ['aBc12'], 'request must be an object.'],
  ['tracks.searchTracks', [['loud']], 'request must be an object.'],
  ['tracks.createTrack', [{ metadata: 'Loud' }], 'metadata must be an object.'],
  ['tracks.createTrack', [{ metadata: { title: 1n } }], 'metadata cannot be sent.'],
  ['tracks.createTrack', [{ metadata: cyclic }], 'metadata cannot be sent.'],
  [
    'tracks.createTrack',
    [{ metadata: {} }, { idempotencyKey: 'schlüssel' }],
    'idempotencyKey must be visible ASCII.',
  ],
  ['tracks.getTrack', [{ trackId: 'aBc12' }, 'soon'], 'options must be an object.'],
  ['tracks.getTrack', [{ trackId: 'aBc12' }, { signal: 5 }], 'signal must be an AbortSignal.'],
  ['tracks.getTrack', [{ trackId: half }], 'trackId cannot be sent.'],
  ['tracks.searchTracks', [{ query: half }], 'query cannot be sent.'],
  ['search.search', [{ query: {} }], 'query cannot be sent.'],
  ['resolve', [{ url: {} }], 'url cannot be sent.'],
  ['resolve', ['https://audius.co/nova'], 'request must be an object.'],
  ['albums.createAlbum', [{}], 'albumName is missing.'],
  ['albums.createAlbum', [], 'albumName is missing.'],
  ['albums.createAlbum', [{ metadata: { description: 'x' } }], 'albumName is missing.'],
  ['albums.updateAlbum', [{}], 'albumId is not a valid id.'],
  ['playlists.removeTrackFromPlaylist', [{ playlistId: 'aBc12' }], 'trackIndex is no number.'],
  ['playlists.removeTrackFromPlaylist', [{ trackIndex: 0 }], 'playlistId is not a valid id.'],
] as const)('%s with what is wrong names it (%#)', async (path, given, reason) => {
  const { server, sdk } = await signedIn()
  const error = await called(sdk, path.split('.'), given)
  expect(error).toMatchObject({ code: 'request_refused', reason })
  expect(server.calls).toEqual([])
})

test.each([
  ['nothing', []],
  ['null', [null, null]],
  ['a text', ['song.mp3', 'soon']],
  ['a file that is none', [{ file: 'song.mp3' }]],
] as const)('An upload of %s cannot be read', async (_, given) => {
  const { server, sdk } = await signedIn()
  for (const name of ['createAudioUpload', 'createImageUpload'] as const) {
    const upload = Reflect.apply(sdk.uploads[name], undefined, given)
    await expect(upload.start()).rejects.toMatchObject({ code: 'unreadable_file' })
  }
  expect(server.calls).toEqual([])
})

describe.each(odd)('with %s', (_, given) => {
  test('every call answers, or rejects with an error of the SDK', async () => {
    const { server, sdk } = await signedIn()
    server.otherwise(refusal(400, 'invalid_request'))
    const others: string[] = []
    for (const path of calls) {
      const answer = await called(sdk, path, given)
      if (answer instanceof Error && !isStagedoorError(answer)) others.push(`${path.join('.')}: ${answer}`)
    }
    expect(others).toEqual([])
  })
})
