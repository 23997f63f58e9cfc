import { defineConfig } from 'tsdown'

export default defineConfig({
  // A search runs in a thread, which is started by a file of its own.
  entry: { main: 'src/main.ts', 'search-worker': 'src/store/sqlite/search/worker.ts' },
  platform: 'node',
  target: 'node22.16',
  dts: false,
  // The server hands the SDK out as one script, of the same build, and so needs no registry and no source of it.
  copy: ['../sdk/dist/sdk.min.js'],
})
