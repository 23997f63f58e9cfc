import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, expect, test } from 'vitest'
import { apiKey, challengeOf, expectNova, newVerifier, redirectUri, rows, sentBack, server } from './world.ts'

/** Debian's packages, unpacked beside those of npm: nothing of the machine changes. */
const folder = join(import.meta.dirname, 'node_modules/.debian')
const modules = join(folder, 'usr/lib/python3/dist-packages')
const packages = [
  'authlib',
  'requests-oauthlib',
  'oauthlib',
  'requests',
  'urllib3',
  'certifi',
  'idna',
  'chardet',
]
  .concat('charset-normalizer', 'six', 'cryptography', 'cffi-backend', 'jwt', 'blinker')
  .map((name) => `python3-${name}`)
  .concat('golang-1.19-go', 'golang-1.19-src', 'golang-golang-x-oauth2-dev', 'golang-golang-x-net-dev')

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  execFileSync('apt-get', ['--quiet', 'download', ...packages], { cwd: folder, stdio: 'ignore' })
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb')))
    execFileSync('dpkg', ['-x', file, '.'], { cwd: folder })
}, 240_000)

const go = join(folder, 'usr/lib/go-1.19')

/** Compiles a client in Go, and answers where it is. */
function compiled(source: string): string {
  const program = join(folder, 'client')
  execFileSync(join(go, 'bin/go'), ['build', '-o', program, join(import.meta.dirname, 'apps', source)], {
    env: {
      PATH: process.env['PATH'],
      GOROOT: go,
      GOPATH: join(folder, 'usr/share/gocode'),
      GO111MODULE: 'off',
      GOCACHE: join(folder, 'go-cache'),
      CGO_ENABLED: '0',
    },
  })
  return program
}

/** Runs a client that prints where to send the person, reads where they come back to, and prints a token. */
async function logIn(command: string, ...args: readonly string[]): Promise<string> {
  const verifier = newVerifier()
  const config = {
    apiKey,
    redirectUri,
    verifier,
    challenge: challengeOf(verifier),
    authorize: `${server.url}/v1/oauth/authorize`,
    token: `${server.url}/v1/oauth/token`,
  }
  const child = spawn(command, args, {
    env: {
      PATH: process.env['PATH'],
      PYTHONPATH: modules,
      OAUTHLIB_INSECURE_TRANSPORT: '1',
      CONFIG: JSON.stringify(config),
      API_KEY: apiKey,
      REDIRECT_URI: redirectUri,
      AUTHORIZE: config.authorize,
      TOKEN: config.token,
      CHALLENGE: config.challenge,
      VERIFIER: verifier,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let token = ''
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('http')) child.stdin.end(`${await sentBack(line)}\n`)
    else token = line
  }
  return token
}

test.each([
  ['authlib', 'Authlib', 'authlib-client.py', 'endpoints, `S256`, `token_endpoint_auth_method` none'],
  [
    'requests_oauthlib',
    'requests-oauthlib',
    'requests-client.py',
    'endpoints, `read` among the scopes, the PKCE pair, `include_client_id`, and `OAUTHLIB_INSECURE_TRANSPORT` where the server has no TLS',
  ],
])('Python’s %s logs in, refreshes and reads the profile', async (module, name, script, configured) => {
  await expectNova(await logIn('python3', join(import.meta.dirname, 'apps', script)))
  const version = execFileSync('python3', ['-c', `import ${module}; print(${module}.__version__)`], {
    env: { PATH: process.env['PATH'], PYTHONPATH: modules },
    encoding: 'utf8',
  }).trim()
  expect(version).toMatch(/^\d/)
  rows.push(`| \`${name}\` (Python) | ${version} | ${configured} |`)
})

test('Go’s x/oauth2 logs in, refreshes and reads the profile', { timeout: 240_000 }, async () => {
  await expectNova(await logIn(compiled('oauth2-client.go')))
  const file = readdirSync(folder).find((name) => name.startsWith('golang-golang-x-oauth2-dev_'))
  const [, version = ''] = /_([\d.]+)/.exec(file ?? '') ?? []
  expect(version).not.toBe('')
  rows.push(`| \`golang.org/x/oauth2\` (Go) | ${version} | endpoints, \`AuthStyleInParams\`, the PKCE pair |`)
})
