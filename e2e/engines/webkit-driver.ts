import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { freePort } from '@stagedoor/testkit/ports'
import { vi } from 'vitest'
import { findProgram } from '../harness/program.ts'
import { TIMEOUT_MS } from './agent.ts'

/** Starts WebKitGTK's WebDriver service on a screen of its own, which nobody sees. */
export async function startWebKitDriver(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const install = 'Install it with `apt-get install webkit2gtk-driver xvfb`'
  const driver = findProgram({
    names: ['WebKitWebDriver'],
    variable: 'WEBKIT_DRIVER_PATH',
    missing: `The engine tests need WebKitGTK, which is for Linux. ${install}`,
  })
  const xvfb = findProgram({
    names: ['Xvfb'],
    variable: 'XVFB_PATH',
    missing: `WebKitGTK needs a screen, which Xvfb is. ${install}`,
  })

  const screen = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [display] = await Promise.race([once(createInterface(screen.stdout), 'line'), once(screen, 'exit')])
  if (typeof display !== 'string') throw new Error('Xvfb did not start.')

  const port = await freePort()
  const service = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, DISPLAY: `:${display}`, GDK_BACKEND: 'x11' },
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    await end(service)
    await end(screen)
  }
  try {
    await vi.waitUntil(() => isReady(url), { timeout: TIMEOUT_MS, interval: 20 })
  } catch (cause) {
    await stop()
    throw new Error('WebKitWebDriver did not start.', { cause })
  }
  return { url, stop }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/status`).then(
    ({ ok }) => ok,
    () => false,
  )

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
