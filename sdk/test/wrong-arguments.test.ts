import { rejection, signedInBrowser, wholeSdkIn } from '@stagedoor/testkit/sdk'
import { describe, expect, test } from 'vitest'

const calls: readonly (readonly [group: string, call: string, parameter: string])[] = [
  ['tracks', 'getTrack', 'trackId'],
  ['tracks', 'deleteTrack', 'trackId'],
  ['tracks', 'favoriteTrack', 'trackId'],
  ['tracks', 'getTrackStreamUrl', 'trackId'],
  ['tracks', 'getTrackDownloadUrl', 'trackId'],
  ['users', 'getUser', 'id'],
  ['users', 'followUser', 'id'],
  ['users', 'getUserByHandle', 'handle'],
  ['users', 'getTracksByUserHandle', 'handle'],
  ['playlists', 'getPlaylist', 'playlistId'],
  ['playlists', 'addTrackToPlaylist', 'playlistId'],
  ['albums', 'deleteAlbum', 'albumId'],
  ['comments', 'getCommentReplies', 'commentId'],
]

async function signedIn() {
  const { server, browser, tokenStore } = await signedInBrowser()
  return { server, sdk: wholeSdkIn(browser.tab(), server.url, { services: { tokenStore } }) }
}

const made = (sdk: object, group: string, call: string, ...given: readonly unknown[]) =>
  rejection(Reflect.get(Reflect.get(sdk, group), call)(...given))

describe.each(calls)('%s.%s', (group, call, parameter) => {
  test.each([
    ['nothing', []],
    ['null', [null]],
    ['an empty object', [{}]],
    ['an empty id', [{ [parameter]: '' }]],
    ['an id that is none', [{ [parameter]: undefined }]],
    ['a number', [{ [parameter]: 7 }]],
    ['a segment of its own', [{ [parameter]: '.' }]],
    ['the segment above', [{ [parameter]: '..' }]],
  ])('with %s names the argument, and asks nobody', async (_, given) => {
    const { server, sdk } = await signedIn()
    const error = await made(sdk, group, call, ...given)
    expect(error).toMatchObject({ code: 'request_refused', reason: `${parameter} is not a valid id.` })
    expect(error.faults).toEqual([{ field: parameter, message: `${parameter} is not a valid id.` }])
    expect(server.calls).toEqual([])
  })
})

test.each([
  ['tracks', 'createTrack', {}, '/v1/tracks'],
  ['tracks', 'updateTrack', { trackId: 'aBc12' }, '/v1/tracks/aBc12'],
  ['users', 'updateUser', { id: 'aBc12' }, '/v1/users/aBc12'],
  ['playlists', 'createPlaylist', {}, '/v1/playlists'],
  ['comments', 'createComment', {}, '/v1/comments'],
])('%s.%s without metadata lets the server name what is missing', async (group, call, given, path) => {
  const { server, sdk } = await signedIn()
  server.on(path, (_call, response) => {
    response.writeHead(400, { 'content-type': 'application/problem+json' })
    response.end(JSON.stringify({ errors: [{ field: 'title', message: 'title is missing.' }] }))
  })
  const error = await made(sdk, group, call, given)
  expect(error).toMatchObject({ code: 'request_refused', faults: [{ field: 'title' }] })
  expect(server.to(path)[0]?.body).toEqual({})
})
