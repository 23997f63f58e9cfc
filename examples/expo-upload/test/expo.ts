import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The app's folder. */
export const app = join(import.meta.dirname, '..')

/** Runs a program of the app's own packages in its folder, and answers what it prints. */
export function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync(join(app, 'node_modules/.bin', program), args, {
    cwd: app,
    env: { ...process.env, CI: '1', EXPO_NO_TELEMETRY: '1', ...env },
    encoding: 'utf8',
  })
}

/** Exports the app for a platform into `out/`, and answers the folder. */
export function exportFor(platform: string, env: NodeJS.ProcessEnv = {}): string {
  const folder = join(app, 'out', platform)
  run('expo', ['export', '--platform', platform, '--clear', '--output-dir', folder], env)
  return folder
}

/** All scripts of a platform's export, as Metro or Hermes wrote them. */
export function bundleOf(platform: string): string {
  const folder = join(app, 'out', platform, '_expo/static/js', platform)
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join()
}
