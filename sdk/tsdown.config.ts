import type { UserConfig } from 'tsdown'

const shared: UserConfig = {
  fixedExtension: true,
  target: 'es2022',
  dts: true,
  sourcemap: true,
}

const config: UserConfig[] = [
  {
    ...shared,
    entry: ['src/browser.ts', 'src/conformance.ts'],
    platform: 'browser',
    minify: true,
    // What is loaded later takes what it shares from the entry, which so stays one file.
    inputOptions: { preserveEntrySignatures: 'allow-extension' },
  },
  {
    ...shared,
    entry: ['src/native.ts'],
    // Old versions of Metro know no .mjs.
    outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
    // Metro bundles what is required where it finds `require` itself, which is left as it is for Node alone.
    platform: 'node',
    outputOptions: { polyfillRequire: false },
    clean: false,
  },
]

export default config
