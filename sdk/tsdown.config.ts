import type { UserConfig } from 'tsdown'

const shared: UserConfig = {
  fixedExtension: true,
  target: 'es2022',
  dts: true,
  minify: true,
  sourcemap: true,
}

const config: UserConfig[] = [
  {
    ...shared,
    entry: ['src/browser.ts', 'src/conformance.ts'],
    platform: 'browser',
    // What is loaded later takes what it shares from the entry, which so stays one file.
    inputOptions: { preserveEntrySignatures: 'allow-extension' },
  },
  { ...shared, entry: ['src/node.ts'], platform: 'node', clean: false },
]

export default config
