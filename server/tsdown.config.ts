import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: 'src/main.ts',
  platform: 'node',
  target: 'node22.16',
  dts: false,
  // The server hands the SDK out as one script, of the same build, and so needs no registry and no source of it.
  copy: ['../sdk/dist/sdk.min.js'],
})
