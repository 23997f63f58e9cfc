import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { settings } from '../src/settings.ts'

const least = { PUBLIC_URL: 'http://localhost:4400', DATA_DIR: '/var/lib/stagedoor' }

test.each(Object.entries(settings))('%s is by default what the documentation says', (name, { fallback }) => {
  const set = fallback === null ? {} : { [name]: fallback }
  expect(readConfig({ ...least, ...set })).toEqual(readConfig(least))
})
