import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { bucketEndpoint } from '@stagedoor/testkit/buckets'
import { command, temporaryFolder } from '@stagedoor/testkit/command'
import { expect, test } from 'vitest'
import { cidOf } from '../src/uploads/content/cid.ts'

const endpoint = bucketEndpoint()

test('what is served is copied to a bucket and back, goes on where it was cut off, and is never taken for another', async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test:tester'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'testing'
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: 'copied' }))
  const folder = temporaryFolder()
  const files = new Map<string, Buffer>()
  for (const bytes of [randomBytes(300_000), randomBytes(10), randomBytes(70_000)]) {
    writeFileSync(join(folder, 'bytes'), bytes)
    const cid = await cidOf(join(folder, 'bytes'))
    mkdirSync(join(folder, 'content', cid), { recursive: true })
    for (const [name, content] of [
      ['audio', bytes],
      ['150x150.jpg', bytes.subarray(0, 5)],
    ] as const) {
      writeFileSync(join(folder, 'content', cid, name), content)
      files.set(join('content', cid, name), content)
    }
  }
  const bucket = `s3://copied/served?endpoint=${encodeURIComponent(endpoint)}`
  const copy = (from: string, to: string) => command(['copy', '--from', from, '--to', to, '--json'])
  const sent = await copy(folder, bucket)
  expect(sent).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(sent.out)).toEqual({ files: 6, there: 0, bytes: 370_025 })
  expect(JSON.parse((await copy(folder, bucket)).out)).toMatchObject({ files: 6, there: 6 })

  const back = temporaryFolder()
  const [first = ''] = files.keys()
  mkdirSync(join(back, first, '..'), { recursive: true })
  writeFileSync(join(back, first), files.get(first) ?? '')
  expect(JSON.parse((await copy(bucket, back)).out)).toEqual({ files: 6, there: 1, bytes: 370_025 })
  for (const [path, bytes] of files) expect(readFileSync(join(back, path)).equals(bytes)).toBe(true)

  writeFileSync(join(back, first), randomBytes(files.get(first)?.length ?? 0))
  expect(await copy(bucket, back)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/another file on the other side/),
  })
})
