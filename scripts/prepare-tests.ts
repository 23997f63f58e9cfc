/**
 * The first step of `npm test`: installs what the tests need of the machine, or ends before any test with one sentence
 * and the command to run.
 */
import { spawnSync } from 'node:child_process'
import { startBrowser } from '../e2e/harness/browser.ts'
import { findChromium } from '../e2e/harness/chromium.ts'
import { findTranscoder } from '../server/src/uploads/processing/ffmpeg.ts'
import { thisMachine } from './prepare/machine.ts'
import { NotPrepared } from './prepare/not-prepared.ts'
import { attempts, commandFor, type Need } from './prepare/plan.ts'

function hasChromium(): boolean {
  try {
    findChromium()
    return true
  } catch (error) {
    // Nothing that is installed changes which one was chosen.
    if (process.env['CHROMIUM_PATH'] && error instanceof Error) throw new NotPrepared(error.message)
    return false
  }
}

async function missingNow(): Promise<readonly Need[]> {
  const chromium: readonly Need[] = hasChromium() ? [] : ['Chromium']
  return (await findTranscoder()) === null ? [...chromium, 'ffmpeg'] : chromium
}

/**
 * Runs commands, each though one before it failed: a list of packages may be there that could not be renewed.
 * @returns the last line of the first complaint when the last one failed
 */
function complaintOf(commands: readonly (readonly string[])[]): string {
  let complaint = ''
  let hasFailed = false
  for (const [program = '', ...args] of commands) {
    const { status, stderr, error } = spawnSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    hasFailed = status !== 0
    if (hasFailed && complaint === '')
      complaint = error?.message ?? (stderr.trim().split('\n').at(-1) || `${program} failed`)
  }
  return hasFailed ? complaint : ''
}

async function prepare(): Promise<void> {
  let missing = await missingNow()
  if (missing.length > 0) {
    const machine = thisMachine()
    let complaint = ''
    for (const { needs, words, commands } of attempts(missing, machine) ?? []) {
      if (!needs.some((need) => missing.includes(need))) continue
      console.log(`Installing ${words} for the tests`)
      complaint = complaintOf(commands) || complaint
      missing = await missingNow()
    }
    if (missing.length > 0) {
      const why = complaint && ` (${complaint})`
      throw new NotPrepared(
        `The tests need ${missing.join(' and ')}, which cannot be installed from here${why}. Run: ${commandFor(missing, machine)}`,
      )
    }
  }
  await startBrowser().then(
    (browser) => browser.close(),
    (error: unknown) => {
      const [reason] = String(error).split('\n')
      throw new NotPrepared(
        `${findChromium()} does not start (${reason}). Set CHROMIUM_PATH to a Chromium that does.`,
      )
    },
  )
}

try {
  await prepare()
} catch (error) {
  if (!(error instanceof NotPrepared)) throw error
  console.error(error.message)
  process.exitCode = 1
}
