import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')
const app = mkdtempSync(join(tmpdir(), 'stagedoor-package-'))
const peers = ['react', 'vue', 'solid-js', '@angular/core']
const unpacked = join(app, 'node_modules/@stagedoor/sdk')

/** Runs a Node script in an app that has the packed SDK and React, its peer, and nothing else. */
function run(script: string, type: 'module' | 'commonjs'): string {
  return execFileSync(process.execPath, [`--input-type=${type}`, '-e', script], {
    cwd: app,
    encoding: 'utf8',
  })
}

beforeAll(() => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '-w', 'sdk', '--json', '--pack-destination', app], {
      cwd: root,
      encoding: 'utf8',
    }),
  )
  execFileSync('mkdir', ['-p', unpacked])
  execFileSync('tar', ['xzf', join(app, packed.filename), '-C', unpacked, '--strip-components=1'])
  execFileSync('mkdir', ['-p', join(app, 'node_modules/@angular')])
  for (const peer of peers) symlinkSync(join(root, 'node_modules', peer), join(app, 'node_modules', peer))
}, 60_000)

afterAll(() => rmSync(app, { recursive: true }))

/** The targets of a part of `exports`, with the conditions on the way to each. */
function targets(
  part: unknown,
  conditions: readonly string[] = [],
): [path: string, conditions: readonly string[]][] {
  if (typeof part === 'string') return [[part, conditions]]
  return Object.entries(part ?? {}).flatMap(([name, inner]) => targets(inner, [...conditions, name]))
}

const entries = Object.entries<unknown>(manifest.exports)
const order = [
  'types',
  'react-native',
  'workerd',
  'edge-light',
  'worker',
  'browser',
  'node',
  'import',
  'require',
  'default',
]

describe('the package', () => {
  test.each(targets(manifest.exports))('has %s', (path) => {
    expect(existsSync(join(unpacked, path))).toBe(true)
  })

  test.each(entries)('orders the conditions of %s, as the first that fits is taken', (_name, entry) => {
    const check = (part: unknown) => {
      if (typeof part !== 'object' || part === null) return
      const names = Object.keys(part)
      expect(names).toEqual(order.filter((name) => names.includes(name)))
      for (const inner of Object.values(part)) check(inner)
    }
    check(entry)
  })

  test.each(entries.filter(([name]) => name !== '.' && !name.endsWith('.json')))(
    'has a folder for %s where `exports` is not read',
    (name, entry) => {
      const folder = JSON.parse(readFileSync(join(unpacked, name, 'package.json'), 'utf8'))
      const found = Object.values<string>(folder).map((path) => `./${join(name, path)}`)
      expect(targets(entry).map(([path]) => path)).toEqual(expect.arrayContaining(found))
      expect(Object.keys(folder)).toEqual(expect.arrayContaining(['main', 'types']))
    },
  )

  test('names at its root what it exports', () => {
    const paths = targets(manifest.exports).map(([path]) => path)
    expect(paths).toEqual(expect.arrayContaining([manifest.main, manifest.module, manifest.types]))
    for (const script of [manifest.unpkg, manifest.jsdelivr])
      expect(existsSync(join(unpacked, script))).toBe(true)
  })

  test('depends on nothing, and does nothing by being loaded (IN-12)', () => {
    expect(manifest.sideEffects).toBe(false)
    expect(Object.keys(manifest)).not.toContain('dependencies')
  })
})

const use = `
  const { oauth, users, tracks } = sdk({ apiKey: '${'0'.repeat(40)}' })
  const tell = (error) => console.log(isStagedoorError(error), error.code)
  oauth.getUser().catch(tell)
    .then(() => users.getAuthorizedApps({ id: 'x7Yz2' })).catch(tell)
    .then(() => tracks.favoriteTrack({ trackId: 'x7Yz2' })).catch(tell)`
const told = 'true not_authenticated\n'.repeat(3)

describe('in Node', () => {
  test('works by import', () => {
    const script = `import { isStagedoorError, sdk } from '@stagedoor/sdk'\n${use}`
    expect(run(script, 'module')).toBe(told)
  })

  test('works by require', () => {
    const script = `const { isStagedoorError, sdk } = require('@stagedoor/sdk')\n${use}`
    expect(run(script, 'commonjs')).toBe(told)
  })

  test.each([
    ['module', `import * as app from '@stagedoor/sdk'; import { fakeSdk } from '@stagedoor/sdk/testing'`],
    [
      'commonjs',
      `const app = require('@stagedoor/sdk'); const { fakeSdk } = require('@stagedoor/sdk/testing')`,
    ],
  ] as const)('has one set of error classes for the app and its tests, as a %s', (type, imports) => {
    const script = `${imports}
      fakeSdk().oauth.getUser().catch((error) => console.log(error instanceof app.SessionError))`
    expect(run(script, type)).toBe('true\n')
  })

  test('checks token stores by both', () => {
    const check = `checkTokenStore(() => memoryTokenStore()).then(() => console.log('kept'))`
    const names = ['{ checkTokenStore }', '{ memoryTokenStore }'] as const
    const from = ["'@stagedoor/sdk/testing'", "'@stagedoor/sdk'"] as const
    const imports = names.map((name, at) => `import ${name} from ${from[at]}`).join('\n')
    const requires = names.map((name, at) => `const ${name} = require(${from[at]})`).join('\n')
    expect(run(`${imports}\n${check}`, 'module')).toBe('kept\n')
    expect(run(`${requires}\n${check}`, 'commonjs')).toBe('kept\n')
  })
})

/** A script that loads one thing after the other while every global is watched, and answers what files of the package touched at each. */
const watched = (loads: readonly string[]) => `
  for (const peer of ${JSON.stringify(peers)}) require(peer)
  const touched = []
  let loading
  const note = (name) => {
    if (new Error().stack.includes('@stagedoor')) touched.push([loading, name])
  }
  const language = require('node:vm').runInNewContext('Object.getOwnPropertyNames(globalThis)')
  const browser = ['window', 'self', 'document', 'location', 'history', 'localStorage', 'sessionStorage', 'opener']
  for (const name of new Set([...Object.getOwnPropertyNames(globalThis), ...browser])) {
    const own = Object.getOwnPropertyDescriptor(globalThis, name)
    if (language.includes(name) || own?.configurable === false) continue
    const value = own?.get ? undefined : own?.value
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => (note(name), own?.get ? own.get.call(globalThis) : value),
      set: () => note(name),
    })
  }
  const before = Reflect.ownKeys(globalThis)
  const told = (async () => {
    ${loads.map((load) => `loading = ${JSON.stringify(load)}; ${load}`).join('\n    ')}
    return { touched, added: Reflect.ownKeys(globalThis).filter((key) => !before.includes(key)) }
  })()
`

const nothing = { touched: [], added: [] }
const names = entries.map(([name]) => join('@stagedoor/sdk', name)).filter((name) => !name.endsWith('.json'))
const loads = {
  require: names.map((name) => `require('${name}')`),
  import: names.map((name) => `await import('${name}')`),
}

async function inNode(loads: readonly string[]): Promise<unknown> {
  const file = join(app, 'watched.cjs')
  writeFileSync(file, `${watched(loads)}\ntold.then((told) => console.log(JSON.stringify(told)))`)
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' }))
}

async function inWorker(loads: readonly string[]): Promise<unknown> {
  const file = join(app, 'watched.cjs')
  writeFileSync(
    file,
    `${watched(loads)}\ntold.then((told) => require('node:worker_threads').parentPort.postMessage(told))`,
  )
  const worker = new Worker(file)
  const told = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
  await worker.terminate()
  return told
}

describe.each([
  ['Node', inNode],
  ['a worker', inWorker],
])('no global is touched in %s (CL-32)', (_where, load) => {
  test.each(['require', 'import'] as const)('by %s', async (how) => {
    expect(await load(loads[how])).toEqual(nothing)
  })

  test('unseen', async () => {
    writeFileSync(join(unpacked, 'touching.cjs'), 'globalThis.mine = typeof navigator')
    const touching = `require('${join(unpacked, 'touching.cjs')}')`
    expect(await load([touching])).toEqual({
      touched: [[touching, 'navigator']],
      added: ['mine'],
    })
  })
})

describe('in TypeScript', () => {
  const source = `
    import { type Image, isStagedoorError, memoryTokenStore, type Sdk, sdk, type Track, type User } from '@stagedoor/sdk'
    import { checkTokenStore } from '@stagedoor/sdk/testing'
    const audius: Sdk = sdk({ appName: 'App', services: { tokenStore: memoryTokenStore() } })
    export const user: Promise<User> = audius.oauth.getUser()
    export const track: Promise<{ data: Track }> = audius.tracks.getTrack({ trackId: 'x7Yz2' })
    // @ts-expect-error: a track has a genre
    audius.tracks.createTrack({ metadata: { title: 'Song', trackCid: 'cid' } })
    export const image: Image<'150x150'> | undefined = undefined
    export const ok: Promise<void> = checkTokenStore(memoryTokenStore)
    // @ts-expect-error: there is no such scope
    audius.oauth.login({ scope: 'admin' })
    export const name = (error: unknown) => (isStagedoorError(error) ? error.code : null)
  `

  const libraries = new Map<string, ts.SourceFile | undefined>()

  /** What the compiler says of a file of the app. */
  function faultsIn(file: string, options: ts.CompilerOptions): string {
    const host = ts.createCompilerHost(options)
    const { getSourceFile } = host
    host.getCurrentDirectory = () => app
    // The language's own declarations are the same to each: they are read once.
    host.getSourceFile = (name, ...how) => {
      if (!/\/typescript\/lib\/lib\.[\w.]+$/.test(name)) return getSourceFile(name, ...how)
      if (!libraries.has(name)) libraries.set(name, getSourceFile(name, ...how))
      return libraries.get(name)
    }
    const program = ts.createProgram([file], options, host)
    return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host)
  }

  const options = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipDefaultLibCheck: true,
    ignoreDeprecations: '6.0',
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
  }
  const { Node10, Node16, Bundler } = ts.ModuleResolutionKind
  test.each([
    ['node16', 'mts', Node16, ts.ModuleKind.Node16],
    ['node16', 'cts', Node16, ts.ModuleKind.Node16],
    ['bundler', 'ts', Bundler, ts.ModuleKind.ESNext],
    ['node10', 'ts', Node10, ts.ModuleKind.CommonJS],
  ] as const)('has types for %s, .%s', (_, extension, moduleResolution, module) => {
    const file = join(app, `app.${extension}`)
    writeFileSync(file, source)
    expect(faultsIn(file, { ...options, moduleResolution, module })).toBe('')
  })

  test('finds what is wrong', () => {
    const file = join(app, 'wrong.mts')
    writeFileSync(file, `import { sdk } from '@stagedoor/sdk'\nsdk({ apiKey: 1 })`)
    expect(faultsIn(file, { ...options, module: ts.ModuleKind.Node16 })).toContain(
      "'number' is not assignable to type 'string'",
    )
  })
})
