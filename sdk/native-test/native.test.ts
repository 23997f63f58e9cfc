import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'

const here = fileURLToPath(new URL('./', import.meta.url))
const modules = ['react-native', 'expo-web-browser', '@react-native-async-storage/async-storage']
const HERMES_2022 = 'hermes-v0'

/** Words that only one of the two entries has. */
const onlyNative = 'stagedoor:tokens'
const onlyBrowser = 'BroadcastChannel'
/** Words that the React entry has. */
const react = 'No <AudiusProvider>'

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const quiet = { CI: '1', EXPO_NO_TELEMETRY: '1' }
  return execFileSync(command, args, {
    cwd: here,
    env: { ...process.env, ...quiet, ...env },
    encoding: 'utf8',
  })
}

const expo = (args: readonly string[], env?: NodeJS.ProcessEnv) => run('node_modules/.bin/expo', args, env)

/** The SDK as npm would install it: a folder with what the package holds, and no link to here. */
function install(): void {
  const packed = run('npm', ['pack', '--silent', '--pack-destination', 'out', '../../sdk']).trim()
  rmSync(`${here}node_modules/@stagedoor`, { recursive: true, force: true })
  mkdirSync(`${here}node_modules/@stagedoor`, { recursive: true })
  run('tar', ['xzf', `out/${packed}`, '-C', 'out'])
  cpSync(`${here}out/package`, `${here}node_modules/@stagedoor/sdk`, { recursive: true })
}

/** All scripts of a platform's bundle, as Metro or Hermes wrote them. */
function bundleOf(platform: string): string {
  const folder = `${here}out/export/_expo/static/js/${platform}/`
  return readdirSync(folder)
    .map((file) => readFileSync(folder + file, 'latin1'))
    .join()
}

/** Bundles the script for the bare VM, with fakes of the modules that it names. */
function embed(fakes: readonly string[], env?: NodeJS.ProcessEnv): string {
  expo(
    [
      ...['export:embed', '--platform', 'android', '--entry-file', 'hermes-entry.js'],
      ...['--bundle-output', 'out/hermes.js', '--dev', 'false', '--minify', 'false', '--reset-cache'],
    ],
    { HERMES_PROFILE: HERMES_2022, FAKES: fakes.join(), ...env },
  )
  return readFileSync(`${here}out/hermes.js`, 'utf8')
}

/** What the script of the bare VM sends. */
const metadata = '/.well-known/oauth-authorization-server'
const requests = [
  // The host has no metadata, so what else it has is looked at as well.
  ...[metadata, '', metadata],
  ...['/v1/oauth/token:authorization_code', '/v1/me', '/v1/oauth/token:refresh_token'],
  ...['/v1/me', '/health_check', '/health_check', '/files/:POST', '/files/one:PATCH', '/uploads/one'],
  '/v1/oauth/revoke',
]

function hermes(): string[] {
  const folder = process.platform === 'darwin' ? 'osx-bin' : 'linux64-bin'
  return run(`node_modules/hermes-engine-cli/${folder}/hermes`, ['-w', 'out/hermes.js']).split('\n')
}

beforeAll(() => {
  rmSync(`${here}out`, { recursive: true, force: true })
  mkdirSync(`${here}out`)
  install()
})

describe('a small Expo app', () => {
  beforeAll(() => {
    expo(['export', '--platform', 'all', '--clear', '--output-dir', 'out/export'])
  })

  test.each(['android', 'ios'])('holds the native entry on %s', (platform) => {
    const bundle = bundleOf(platform)
    expect(bundle.includes(onlyNative)).toBe(true)
    expect(bundle.includes(onlyBrowser)).toBe(false)
    expect(bundle.includes(react)).toBe(true)
  })

  test('holds the browser’s entry on the web', () => {
    const bundle = bundleOf('web')
    expect(bundle.includes(onlyBrowser)).toBe(true)
    expect(bundle.includes(onlyNative)).toBe(false)
  })
})

test('the real modules are what the SDK takes them for', () => {
  run('../../node_modules/.bin/tsc', ['-p', 'types'])
})

describe('the native entry', () => {
  test('lives a whole session in Hermes, which has no web APIs', () => {
    embed(modules)
    expect(hermes()).toEqual([
      'absent: crypto URL URLSearchParams TextDecoder TextEncoder AbortController btoa',
      'saved before the page opened: 1',
      'logged in: true',
      'user: ada',
      'refreshed: access2',
      'on disk: 1',
      'uploaded: stream of 12 seconds',
      'logged out: true',
      `requests: ${requests.join(' ')}`,
      '',
    ])
  })

  test.each(modules.slice(1))('is bundled without %s, and says that it is missing', (missing) => {
    embed(modules.filter((name) => name !== missing))
    expect(hermes()).toContain(
      `missing_module: A module is missing: install it. (npx expo install ${missing})`,
    )
  })

  test('is found by its root field where Metro reads no exports', () => {
    const bundle = embed(modules, { PACKAGE_EXPORTS: 'off' })
    expect(bundle.includes(onlyNative)).toBe(true)
    expect(bundle.includes(onlyBrowser)).toBe(false)
  })
})
