import type { UserConfig } from 'tsdown'

const config: UserConfig = {
  entry: 'src/browser.ts',
  platform: 'browser',
  fixedExtension: true,
  target: 'es2022',
  dts: true,
  minify: true,
  sourcemap: true,
}

export default config
