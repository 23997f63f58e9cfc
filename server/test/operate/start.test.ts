import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { command, installation, served, stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { expect, test } from 'vitest'
import { meantBy } from '../../src/cli/misspelt.ts'

const sentence = /^[A-Z].*[^\n]\n$/

async function refusal(settings: Record<string, string>, run = command) {
  const { code, out, err } = await run(['serve'], { settings })
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).not.toMatch(/\n\s+at /)
  return err
}

const publicUrl = 'http://localhost:4499'

test('a data folder that is a file is named, in one sentence', async () => {
  const file = join(temporaryFolder(), 'data')
  writeFileSync(file, 'not a folder')
  const words = await refusal({ PUBLIC_URL: publicUrl, DATA_DIR: file })
  expect(words).toBe(`The data folder ${file} is a file. Name a folder.\n`)
})

test.each([
  ['below a file', '/dev/null/x/y'],
  ['where no folder can be made', '/proc/nope'],
  ['deep where no folder can be made', '/proc/nope/a/b/c'],
])('a data folder %s ends the start at once, named', async (_, folder) => {
  // A process of its own: this one could not end an endless loop.
  const words = await refusal({ PUBLIC_URL: publicUrl, DATA_DIR: folder }, (args, { settings = {} } = {}) =>
    stagedoor(args, settings),
  )
  expect(words).toMatch(sentence)
  expect(words).toContain(folder)
})

test.each(['999.1.1.1', '300.0.0.1', '1.2.3', '12', '[::1]', 'a b', '-x'])(
  'HOST=%s is refused as no address',
  async (host) => {
    const words = await refusal({ PUBLIC_URL: publicUrl, DATA_DIR: temporaryFolder(), HOST: host })
    expect(words).toContain(`HOST is ${JSON.stringify(host)}.`)
  },
)

test.each([
  ['that this machine does not have', '203.0.113.9'],
  ['whose name nobody knows', 'nowhere.invalid'],
])('an address %s ends the start at once, in one sentence', async (_, host) => {
  const port = String(await freePort())
  const words = await refusal({ PUBLIC_URL: publicUrl, DATA_DIR: temporaryFolder(), HOST: host, PORT: port })
  expect(words).toMatch(sentence)
  expect(words).toContain('Set HOST and PORT')
})

test('a file of its own that is missing ends the start at once, in one sentence', async () => {
  const whole = fileURLToPath(new URL('../../', import.meta.url))
  const copy = join(temporaryFolder(), 'server')
  mkdirSync(copy)
  for (const part of ['assets', 'bin', 'dist', 'package.json'])
    cpSync(join(whole, part), join(copy, part), { recursive: true })
  symlinkSync(join(whole, '..', 'node_modules'), join(copy, 'node_modules'))
  rmSync(join(copy, 'assets', 'member', 'layout.css'))
  const settings = { PUBLIC_URL: publicUrl, DATA_DIR: temporaryFolder(), PORT: String(await freePort()) }
  const { code, out, err } = await stagedoor(['serve'], settings, '', join(copy, 'bin', 'stagedoor.mjs'))
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^A file of stagedoor itself is missing \(.*layout\.css.*npm run build\n$/)
})

test.each([
  ['BRANDNAME', 'BRAND_NAME'],
  ['\ufeffPORT', 'PORT'],
  ['export HOST', 'HOST'],
  ['BRAND-NAME', 'BRAND_NAME'],
  ['DATADIR', 'DATA_DIR'],
  ['PUBLIC_URI', 'PUBLIC_URL'],
  ['port', 'PORT'],
  ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['REFRESH_GRACE_SECOND', 'REFRESH_GRACE_SECONDS'],
])('%s is probably meant as %s', (name, setting) => {
  expect(meantBy(name)).toBe(setting)
})

test.each([
  'HOSTNAME',
  'PATH',
  'HOME',
  'POST',
  'PWD',
  'LOGNAME',
  'MAIL',
  'BRAND_NAME',
  'HTTP_PROXY',
  'SHELL',
  'TERM',
])('%s is no misspelt setting', (name) => {
  expect(meantBy(name)).toBeUndefined()
})

test('a name that is nearly a setting, and what the doctor finds at once, is warned of at the start', async () => {
  const settings = { ...(await installation(temporaryFolder())), BRANDNAME: 'x' }
  const { log } = await served(['serve'], settings)
  await expect
    .poll(log)
    .toContain('BRANDNAME is no setting and changes nothing. Perhaps BRAND_NAME is meant.')
  await expect.poll(log).toContain('SMTP_URL is not set')
})
