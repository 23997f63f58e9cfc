import { devices, rejection } from '@stagedoor/testkit/sdk'
import { type Call, refusal } from '@stagedoor/testkit/token-server'
import { expect, test } from 'vitest'

const PATH = '/v1/tracks/aBc12'
const ID = { trackId: 'aBc12' }

test.each(devices)(
  'in %s a creation whose answer was lost is sent again with its key, and a read is not',
  async (_name, signedIn) => {
    const { server, tracks, comments } = await signedIn()
    const lost = (_call: Call, response: { destroy(): unknown }) => void response.destroy()
    server.on('/v1/tracks', (call, response) => {
      if (server.to('/v1/tracks').length === 1) return lost(call, response)
      return { track_id: 'aBc12' }
    })
    const metadata = { title: 'Song', genre: 'Jazz', trackCid: 'cid' }
    expect(await tracks.createTrack({ metadata })).toMatchObject(ID)
    await tracks.createTrack({ metadata }, { idempotencyKey: 'mine' })
    const [first, again, other] = server.to('/v1/tracks').map(({ key }) => key)
    expect([first, other]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), 'mine'])
    expect(again).toBe(first)
    server.on(PATH, lost)
    expect(await rejection(tracks.getTrack(ID))).toMatchObject({ code: 'unreachable' })
    expect(server.to(PATH).map(({ key }) => key)).toEqual([undefined])
    server.on('/v1/comments', refusal(503, 'temporarily_unavailable'))
    const comment = { entityId: 'aBc12', entityType: 'Track', body: 'Good' } as const
    expect(await rejection(comments.createComment({ metadata: comment }))).toMatchObject({
      code: 'server_error',
    })
    expect(server.to('/v1/comments')).toHaveLength(1)
  },
)
