import { defineConfig } from 'tsdown'

export default defineConfig({ entry: 'src/browser.ts', platform: 'browser', target: 'es2022', dts: true })
