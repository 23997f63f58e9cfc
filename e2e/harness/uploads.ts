import { png, wav } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import type { Sdk } from '../../sdk/src/node.ts'
import type { Server } from './server.ts'

/** What `uploads` of the SDK answers for a tone, by the wire alone. */
export async function uploadTone({ url }: Server, { oauth }: Pick<Sdk, 'oauth'>, seconds = 2) {
  const sender = new Sender(url, await oauth.getAccessToken())
  const id = await sender.send(wav(seconds), {
    filename: 'Tone.wav',
    filetype: 'audio/wav',
    template: 'audio',
  })
  const { results, orig_file_cid } = await sender.ended(id)
  const cids: Readonly<Record<string, unknown>> = Object(results)
  return { trackCid: String(cids['320']), origFileCid: String(orig_file_cid), origFilename: 'Tone.wav' }
}

/** The CID of a picture that was uploaded by the wire alone. */
export async function uploadPicture({ url }: Server, { oauth }: Pick<Sdk, 'oauth'>): Promise<string> {
  const sender = new Sender(url, await oauth.getAccessToken())
  const id = await sender.send(png(600, 600), { filetype: 'image/png', template: 'img_square' })
  return String((await sender.ended(id))['orig_file_cid'])
}

/** Publishes a tone; answers the track's id. */
export async function publishTone(
  server: Server,
  tool: Pick<Sdk, 'oauth' | 'tracks'>,
  { title, seconds }: { readonly title: string; readonly seconds?: number },
): Promise<string> {
  const files = await uploadTone(server, tool, seconds)
  return (await tool.tracks.createTrack({ metadata: { ...files, title, genre: 'Electronic' } })).trackId
}
