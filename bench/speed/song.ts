import { wav } from '@stagedoor/testkit/media'
import { publisherOn } from '../media/publisher.ts'
import type { Installed } from './stagedoor.ts'

/** A published track among others of its artist. */
export interface Song {
  readonly trackId: string
  /** Of whose tracks there is a list. */
  readonly userId: string
  /** Under which its sound is served. */
  readonly cid: string
  /** With which its artist publishes. */
  readonly token: string
}

/** A page of a list. */
const tracks = 20

/** Has the person of a server publish a song, and others of the same sound. */
export async function publish(installed: Installed): Promise<Song> {
  const { upload, call, token } = await publisherOn(installed)
  const cid = String(Object((await upload(wav(30), 'audio'))['results'])['320'])
  const ids: string[] = []
  for (let number = 1; number <= tracks; number += 1) {
    const { status, body } = await call('POST', '/v1/tracks', {
      ...{ title: `Song number ${number}`, genre: 'Test', track_cid: cid },
    })
    if (status !== 200) throw new Error(JSON.stringify(body))
    ids.push(String(body['track_id']))
  }
  const { body } = await call('GET', '/v1/me')
  return { trackId: ids[0] ?? '', userId: String(body['sub']), cid, token }
}
