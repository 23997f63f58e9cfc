import { Readable } from 'node:stream'
import { answered, type BucketSettings, connect, foldersOf, sent } from '../bucket.ts'

/** Bytes of uploads on their way, each part under a name that is given once. */
export interface Parts {
  put(id: string, name: string, file: string, bytes: number): Promise<void>
  read(id: string, name: string): Readable
  remove(id: string, name: string): Promise<void>
  /** Deletes all of an upload. */
  removeAll(id: string): Promise<void>
  /** Every upload there is anything of. */
  list(): Promise<readonly string[]>
}

/** Parts as objects of a bucket, beside what is served. Rejects with `StoreUnavailable` when it does not answer. */
export async function openParts(settings: BucketSettings): Promise<Parts> {
  const { bucket: Bucket, prefix } = settings
  const connected = await connect(settings)
  const { s3, client } = connected
  const root = `${prefix}incoming/`
  const at = (id: string, name: string) => ({ Bucket, Key: `${root}${id}/${name}` })

  async function* read(id: string, name: string) {
    const { Body } = await answered(client.send(new s3.GetObjectCommand(at(id, name))))
    if (Body instanceof Readable) yield* Body
  }

  return {
    put: async (id, name, file, bytes) => {
      await sent(file, { first: 0, last: bytes - 1 }, (body) =>
        client.send(new s3.PutObjectCommand({ ...at(id, name), ...body })),
      )
    },
    read: (id, name) => Readable.from(read(id, name), { objectMode: false }),
    remove: async (id, name) => {
      await answered(client.send(new s3.DeleteObjectCommand(at(id, name))))
    },
    removeAll: async (id) => {
      for (;;) {
        const all = { Bucket, Prefix: `${root}${id}/` }
        const { Contents = [], IsTruncated } = await answered(client.send(new s3.ListObjectsV2Command(all)))
        for (const { Key } of Contents)
          await answered(client.send(new s3.DeleteObjectCommand({ Bucket, Key })))
        if (IsTruncated !== true) return
      }
    },
    list: () => foldersOf(connected, Bucket, root),
  }
}
