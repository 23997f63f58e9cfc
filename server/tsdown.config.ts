import { defineConfig } from 'tsdown'

export default defineConfig([
  {
    // A search runs in a thread, which is started by a file of its own.
    entry: { main: 'src/main.ts', 'search-worker': 'src/store/sqlite/search/worker.ts' },
    platform: 'node',
    target: 'node22.16',
    dts: false,
    // Of hundreds of small files each: read one by one, they were half of a start.
    deps: { alwaysBundle: [/^typebox(?:\/|$)/, /^kysely(?:\/|$)/] },
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
