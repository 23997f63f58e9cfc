import { defineConfig } from 'tsdown'

export default defineConfig({
  // A search runs in a thread, which is started by a file of its own.
  entry: { main: 'src/main.ts', 'search-worker': 'src/store/sqlite/search/worker.ts' },
  platform: 'node',
  target: 'node22.16',
  dts: false,
})
