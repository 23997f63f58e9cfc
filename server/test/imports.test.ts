import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))

interface Import {
  readonly from: string
  readonly to: string
  readonly isTypeOnly: boolean
}

const statement = /^(?:import|export)\s(type\s)?(?:[^'"]*?\sfrom\s)?'([^']+)'/gm

function importsOf(file: string): Import[] {
  return Array.from(readFileSync(join(root, file), 'utf8').matchAll(statement), ([, type, path = '']) => ({
    from: file,
    to: path.startsWith('.') ? relative(root, join(root, dirname(file), path)) : path,
    isTypeOnly: type !== undefined,
  }))
}

/** The name of a file's part of the house: its folder, or itself when it stands alone. */
const partOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : file)

const imports = files.flatMap(importsOf)
const within = imports.filter(({ to }) => files.includes(to))

/** Which parts and files each part may import, itself aside. */
const law: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['commands'],
  commands: ['start.ts', 'config.ts', 'accounts', 'oauth', 'store'],
  'start.ts': [
    'accounts/attempts.ts',
    'app.ts',
    'assets.ts',
    'config.ts',
    'mail',
    'oauth',
    'store',
    'uploads',
    'usage',
  ],
  'app.ts': [
    'http.ts',
    'http-reply.ts',
    'own-calls.ts',
    'endpoint.ts',
    'resources.ts',
    'pages',
    'api',
    'uploads',
    'usage',
    'oauth',
    'store/store.ts',
    'message.ts',
    'errors.ts',
    'page-errors.ts',
    'assets.ts',
  ],
  'own-calls.ts': [
    'endpoint.ts',
    'resources.ts',
    'http-reply.ts',
    'api/me.ts',
    'oauth/grant.ts',
    'pages/developers/test-login/endpoints.ts',
    'message.ts',
  ],
  'http-timeout.ts': [],
  'logged.ts': [],
  'endpoint.ts': ['oauth', 'message.ts', 'errors.ts'],
  'resources.ts': ['api', 'api-errors.ts', 'oauth/params.ts', 'usage', 'message.ts'],
  'http.ts': ['http-reply.ts', 'http-timeout.ts', 'logged.ts', 'message.ts', 'errors.ts', 'page-errors.ts'],
  'http-reply.ts': [
    'api-errors.ts',
    'message.ts',
    'errors.ts',
    'page-errors.ts',
    'accounts/password.ts',
    'store/unavailable.ts',
  ],
  pages: [
    'oauth',
    'mail',
    'accounts',
    'usage',
    'api/user.ts',
    'api/ids.ts',
    'api/profile.ts',
    'api/resource.ts',
    'api/fields.ts',
    'api-errors.ts',
    'message.ts',
    'network.ts',
    'errors.ts',
    'page-errors.ts',
    'store/store.ts',
    'uploads/multipart.ts',
    'uploads/open-uploads.ts',
    'uploads/pictures.ts',
  ],
  api: [
    'oauth/bearer.ts',
    'oauth/client-id.ts',
    'oauth/credential.ts',
    'oauth/app-rules.ts',
    'oauth/register-app.ts',
    'uploads/cid.ts',
    'errors.ts',
    'api-errors.ts',
    'store/store.ts',
  ],
  uploads: [
    'oauth/bearer.ts',
    'oauth/credential.ts',
    'oauth/redirect-uri.ts',
    'message.ts',
    'network.ts',
    'errors.ts',
    'upload-errors.ts',
    'logged.ts',
    'store/store.ts',
  ],
  usage: [
    'oauth/client-id.ts',
    'oauth/params.ts',
    'oauth/test-login.ts',
    'message.ts',
    'network.ts',
    'errors.ts',
    'api-errors.ts',
    'store/store.ts',
  ],
  accounts: ['mail', 'oauth/credential.ts', 'oauth/display-name.ts', 'store/store.ts'],
  mail: [],
  oauth: ['errors.ts', 'page-errors.ts', 'store/store.ts'],
  'assets.ts': ['oauth/credential.ts'],
  store: [],
  'config.ts': ['mail/smtp.ts', 'oauth/client-id.ts'],
  'errors.ts': [],
  'page-errors.ts': ['errors.ts'],
  'api-errors.ts': ['errors.ts'],
  'upload-errors.ts': ['errors.ts'],
  'message.ts': [],
  'network.ts': [],
}

describe('the import law', () => {
  test.each([...new Set(files.map(partOf))])('%s imports only what stands below it', (part) => {
    const allowed = law[part] ?? []
    const broken = within
      .filter(({ from, to }) => partOf(from) === part && partOf(to) !== part)
      .filter(({ to }) => !allowed.includes(to) && !allowed.includes(partOf(to)))
    expect(
      broken.map(({ from, to }) => `${from} imports ${to}, and ${part} may not: see docs/architecture.md.`),
    ).toEqual([])
  })

  test('knows every part', () => {
    const unknown = files.map(partOf).filter((part) => law[part] === undefined)
    expect(unknown.map((part) => `${part} has no place in the import law yet.`)).toEqual([])
  })

  test('the store’s contract and the errors are all that the protocol takes from outside itself', () => {
    const others = imports.filter(
      ({ from, to }) =>
        partOf(from) === 'oauth' && !/^(?:oauth\/|node:|(?:page-)?errors\.ts$|store\/store\.ts$)/.test(to),
    )
    expect(
      others.map(({ from, to }) => `${from} imports ${to}, which is not the protocol’s business.`),
    ).toEqual([])
  })

  test('the store’s contract is imported as types alone', () => {
    const values = within.filter(({ to, isTypeOnly }) => to === 'store/store.ts' && !isTypeOnly)
    expect(values.map(({ from }) => `${from} imports more than types from store/store.ts.`)).toEqual([])
  })

  test('SQL is behind the store', () => {
    const others = imports.filter(
      ({ from, to }) => partOf(from) !== 'store' && /^(?:kysely|node:sqlite)$/.test(to),
    )
    expect(others.map(({ from, to }) => `${from} imports ${to}; only the store speaks SQL.`)).toEqual([])
  })

  test('the web framework is behind the edge', () => {
    const edge = ['http.ts', 'http-reply.ts', 'app.ts']
    const others = imports.filter(
      ({ from, to }) => !edge.includes(from) && /^(?:fastify|node:https?)$/.test(to),
    )
    expect(others.map(({ from, to }) => `${from} imports ${to}; only the edge speaks HTTP.`)).toEqual([])
  })

  test('views take words and answer words', () => {
    const others = within.filter(
      ({ from, to }) =>
        from.startsWith('pages/views/') && !to.startsWith('pages/views/') && to !== 'pages/difference.ts',
    )
    expect(
      others.map(({ from, to }) => `${from} imports ${to}; a view only shows what it is given.`),
    ).toEqual([])
  })
})

describe('the process', () => {
  test('is touched by main.ts alone', () => {
    // Snippets are programs that others run.
    const isOurs = (file: string) => file !== 'main.ts' && !file.startsWith('pages/developers/snippets/')
    const others = files.filter(
      (file) => isOurs(file) && /\bprocess\.|\bconsole\.|from 'node:process'/.test(sourceOf(file)),
    )
    expect(others.map((file) => `${file} touches the process; only main.ts may.`)).toEqual([])
  })

  test('has one source of randomness, which is a strong one', () => {
    const others = files.filter((file) => /\bMath\.random\b/.test(sourceOf(file)))
    expect(others.map((file) => `${file} uses Math.random.`)).toEqual([])
  })

  test('gives the protocol and the accounts their clock', () => {
    const others = files.filter(
      (file) =>
        /^(?:oauth|accounts|pages|api|store)\//.test(file) &&
        /\bDate\.now\b|new Date\(\)/.test(sourceOf(file)),
    )
    expect(others.map((file) => `${file} has a clock of its own.`)).toEqual([])
  })
})

function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/\/\*.*?\*\/|^\s*\/\/.*$/gms, '')
}
