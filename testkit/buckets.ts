import { randomBytes } from 'node:crypto'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where an S3-compatible store answers. */
    readonly s3?: string
  }
}

const region = 'us-east-1'

/** The keys of the store that `server/s3-test/swift.sh` serves. */
export const bucketKeys = { AWS_ACCESS_KEY_ID: 'test:tester', AWS_SECRET_ACCESS_KEY: 'testing' } as const

/** Where the buckets of tests are. @throws Error where nothing serves any */
export function bucketEndpoint(): string {
  const endpoint = inject('s3')
  if (endpoint === undefined) throw new Error('There is no S3-compatible store to test on')
  return endpoint
}

/** Makes a bucket; answers its name, and what MEDIA_URL says of a folder in it. */
export async function newBucket(): Promise<{ readonly name: string; readonly url: string }> {
  const endpoint = bucketEndpoint()
  const name = `media-${randomBytes(6).toString('hex')}`
  const credentials = {
    accessKeyId: bucketKeys.AWS_ACCESS_KEY_ID,
    secretAccessKey: bucketKeys.AWS_SECRET_ACCESS_KEY,
  }
  const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials })
  await client.send(new CreateBucketCommand({ Bucket: name }))
  client.destroy()
  return { name, url: `s3://${name}/held?region=${region}&endpoint=${endpoint}` }
}
