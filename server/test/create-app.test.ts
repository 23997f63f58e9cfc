import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import { describe, expect, test } from 'vitest'

const bin = fileURLToPath(new URL('../../create/bin/create-stagedoor-app.mjs', import.meta.url))
const key = `--api-key=${'a'.repeat(40)}`

const create = (...args: string[]) => stagedoor([...args, key, '--server=http://localhost:4400'], {}, '', bin)

describe('an app is written into a folder', () => {
  test.each([
    ['my app', `"`],
    [`it's "mine" $HOME`, `'`],
    ['日本', ''],
  ])('called %s, which a shell is told how to go to', async (name, quote) => {
    const folder = join(temporaryFolder(), name)
    const { code, out } = await create(folder, '--template=node')
    expect(code).toBe(0)
    expect(readdirSync(folder)).toContain('package.json')
    const written = quote === `'` ? folder.replaceAll(`'`, `'\\''`) : folder
    expect(out).toContain(`  cd ${quote}${written}${quote}\n`)
  })

  test('that holds a repository and nothing else', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, '.git'))
    expect(await create(folder)).toMatchObject({ code: 0 })
    expect(await create(folder)).toMatchObject({ code: 1, out: expect.stringMatching(/is not empty/) })
  })
})

describe('what cannot be a folder is told in words:', () => {
  test.each([
    ['a file', '', /is a file\. Name a new folder\.\n$/],
    ['below a file', 'sub', /cannot be written to \(.*ENOTDIR.*\)\. Name another folder\.\n$/],
  ])('%s', async (_, below, words) => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const { code, out, err } = await create(join(file, below))
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toMatch(words)
  })

  test('where the system makes none', async () => {
    const { code, out } = await create('/proc/nowhere/app')
    expect(code).toBe(1)
    expect(out).toMatch(/cannot be written to/)
  })
})
