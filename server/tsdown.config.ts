import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: 'src/main.ts',
  platform: 'node',
  target: 'node22.16',
  dts: false,
})
