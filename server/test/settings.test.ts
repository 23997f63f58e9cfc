import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { settings } from '../src/settings.ts'

const least = { PUBLIC_URL: 'http://localhost:4400', DATA_DIR: '/var/lib/stagedoor' }

test.each(Object.entries(settings))('%s is by default what the documentation says', (name, { fallback }) => {
  const set = fallback === null ? {} : { [name]: fallback }
  expect(readConfig({ ...least, ...set })).toEqual(readConfig(least))
})

test.each([
  ['BRAND_NAME', '"Audius"', /^BRAND_NAME stands in quotes.*Write it without them\.$/m],
  ['DATA_DIR', "'/var/lib/stagedoor'", /^DATA_DIR stands in quotes/m],
  ['DATA_DIR', '/var/lib/stagedoor\r', /^DATA_DIR has a character that cannot be seen.*\(LF\)/m],
  ['PUBLIC_URL', 'http://localhost:4400\r', /^PUBLIC_URL has a character that cannot be seen/m],
])('what a file of settings leaves in %s (%j) is told in words', (name, text, words) => {
  expect(() => readConfig({ ...least, [name]: text })).toThrow(words)
})

test('quotes inside a value, and whatever a secret has, are part of it', () => {
  expect(readConfig({ ...least, BRAND_NAME: `Ada's "Radio"` }).brand).toBe(`Ada's "Radio"`)
  const secret = `"${'s'.repeat(40)}"`
  expect(readConfig({ ...least, KEY_SECRET: secret }).keySecret).toBe(secret)
})
