import { defineConfig } from 'tsdown'
import { builtinModules } from './scripts/builtin-modules.ts'
import { chunkOf } from './scripts/chunks.ts'

/** What every start loads: file by file it was more than half of a start. */
const loadedAtStart = [
  '@fastify/busboy',
  '@tus/server',
  'cookie',
  'find-my-way',
  'hashids',
  'ipaddr.js',
  'kysely',
  'multiformats',
  'negotiator',
  'pino',
  'preact',
  'preact-render-to-string',
  'typebox',
  'uqr',
]

export default defineConfig([
  {
    // A search runs in a thread, which is started by a file of its own.
    entry: { main: 'src/main.ts', 'search-worker': 'src/store/sqlite/search/worker.ts' },
    platform: 'node',
    target: 'node22.16',
    dts: false,
    plugins: [builtinModules],
    inputOptions: { preserveEntrySignatures: 'allow-extension' },
    outputOptions: { codeSplitting: { groups: [{ name: chunkOf }], includeDependenciesRecursively: false } },
    deps: {
      alwaysBundle: loadedAtStart.map((name) => new RegExp(`^${name}(?:/|$)`)),
    },
  },
  // What browsers load of the documentation, with the library that it searches by.
  {
    entry: { docs: 'assets/docs.js' },
    outDir: 'dist/docs',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    dts: false,
    deps: { alwaysBundle: [/./] },
    outputOptions: { entryFileNames: '[name].js' },
  },
])
