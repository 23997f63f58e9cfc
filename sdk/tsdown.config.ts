import type { UserConfig } from 'tsdown'

const config: UserConfig = {
  entry: ['src/browser.ts', 'src/conformance.ts'],
  platform: 'browser',
  fixedExtension: true,
  target: 'es2022',
  dts: true,
  minify: true,
  sourcemap: true,
  // What is loaded later takes what it shares from the entry, which so stays one file.
  inputOptions: { preserveEntrySignatures: 'allow-extension' },
}

export default config
