import { expect, test } from 'vitest'
import { isChromium } from '../../e2e/harness/chromium.ts'

test.each([
  ['Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)\n', true],
  ['Google Chrome 150.0.1.2 \n', true],
  ['Google Chrome for Testing 148.0.7778.96\n', true],
  ['Chromium 150.0.1.2 snap\n', false],
  ["\nCommand '/usr/bin/chromium-browser' requires the chromium snap to be installed.\n", false],
  ['', false],
])('A program that calls itself %j is a Chromium for tests: %s', (version, is) => {
  expect(isChromium(version)).toBe(is)
})
