import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../../../testkit/ports.ts'

const stagedoor = join(import.meta.dirname, '../../../server/bin/stagedoor.mjs')

export interface Server {
  readonly url: string
  readonly apiKey: string
  /** The folder that keeps what was uploaded. */
  readonly dataDir: string
  stop(): Promise<void>
}

/** Starts the built server as a developer does, and registers the app's redirect URI as the README says. */
export async function startServer(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stagedoor-expo-'))
  const place = ['--port', String(await freePort()), '--data-dir', dataDir]
  const child = spawn(process.execPath, [stagedoor, 'dev', '--json', ...place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exit])
  if (typeof line !== 'string') throw new Error('The server did not start.')
  const { url, apiKey }: { url: string; apiKey: string } = JSON.parse(line)
  const register = ['app', 'add-redirect', apiKey, 'stagedoor-upload://oauth/callback', '--data-dir', dataDir]
  execFileSync(process.execPath, [stagedoor, ...register])
  return {
    url,
    apiKey,
    dataDir,
    stop: async () => {
      child.kill('SIGTERM')
      await exit
      rmSync(dataDir, { recursive: true })
    },
  }
}
