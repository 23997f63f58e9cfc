import { processed, wavHeader } from '../../measure-uploads.ts'
import { address, clients } from '../clients.ts'
import { headerOf, request } from '../connection.ts'
import type { Client } from '../drive.ts'
import type { Phase } from '../phase.ts'
import { bareTus } from '../yardsticks.ts'

const bytes = 8_000_000
const [senders, filesOfEach] = [2, 3]

/** A file of 8 MB in one request (tus 1.0, creation-with-upload). */
export const upload: Phase = {
  name: 'upload of 8 MB',
  isOnce: true,
  beside: [bareTus],
  prepare: async ({ subject, ours }) => {
    if (ours === null) return undefined
    const { host } = new URL(subject.server.url)
    const headers = {
      ...{ host, authorization: `Bearer ${ours.song.token}`, 'tus-resumable': '1.0.0' },
      ...{ 'upload-length': String(bytes), 'content-type': 'application/offset+octet-stream' },
    }
    const file = Buffer.concat([wavHeader(bytes), Buffer.alloc(bytes - 44)])
    const sent = request('POST /files', headers, address(0), file)
    const places: string[] = []
    return async () => {
      // What becomes of a file is done by programs of their own, which would take the processor from the next ones.
      for (const place of places.splice(0)) await processed(place)
      return clients((): Client => {
        let left = filesOfEach
        return {
          next: () => (left-- > 0 ? sent : undefined),
          take(answer) {
            const place = headerOf(answer, 'location')
            if (answer.status !== 201 || place === undefined) throw new Error(answer.head + answer.body)
            places.push(place)
          },
        }
      }, senders)
    }
  },
}
