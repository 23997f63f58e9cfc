import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { expect, test } from 'vitest'
import { openContentFolder } from '../../src/uploads/content/folder.ts'

const cid = `bafkrei${'a'.repeat(52)}`

/** A content store with one file, and a way to make another. */
async function folderOfOne() {
  const root = temporaryFolder()
  const content = openContentFolder(join(root, 'content'))
  const make = (text: string) => {
    const file = join(root, `made of ${text}`)
    writeFileSync(file, text)
    return file
  }
  await content.put(cid, 'audio', make('one'))
  return { content, make }
}

test('what is held is not removed, what is not held is', async () => {
  const { content } = await folderOfOne()
  await content.remove(cid, async () => true)
  expect(await content.list()).toEqual([cid])
  await content.remove(cid, async () => false)
  expect(await content.list()).toEqual([])
  expect(await content.size(cid, 'audio')).toBeUndefined()
})

test('bytes put while a removal is under way are there afterwards, for they are held before they are put', async () => {
  const { content, make } = await folderOfOne()
  let isHeld = false
  let put: Promise<void> = Promise.resolve()
  await content.remove(cid, async () => {
    const answer = isHeld
    // Another upload of the same bytes comes between the question and the removal.
    isHeld = true
    put = content.put(cid, 'audio', make('two'))
    return answer
  })
  await put
  expect(await content.size(cid, 'audio')).toBe(3)
})

test('the same bytes are put once, and the second file is not left lying', async () => {
  const { content, make } = await folderOfOne()
  const twin = make('two')
  await content.put(cid, 'audio', twin)
  expect(existsSync(twin)).toBe(false)
  expect(await content.list()).toEqual([cid])
})
