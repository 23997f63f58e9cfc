import { spawnSync } from 'node:child_process'
import { chromium } from 'playwright-core'
import { findProgram } from './program.ts'

let found: string | undefined

/**
 * Where this machine has a Chromium that runs: the one that is chosen, the system's, or Playwright's.
 * @throws Error with how it is installed
 */
export function findChromium(): string {
  found ??= findProgram({
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    places: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      chromium.executablePath(),
    ],
    variable: 'CHROMIUM_PATH',
    missing: 'The browser tests need Chromium. Install it with `npm run prepare:tests`',
    accepts: (path) => isChromium(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
  })
  return found
}

/** Whether a program's version is that of a Chromium for tests: a snap cannot read the profiles that they make. */
export const isChromium = (version: string): boolean =>
  /^(?:Chromium|Google Chrome)[\w ]* \d+\./.test(version) && !/\bsnap\b/.test(version)
