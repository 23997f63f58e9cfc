import type { UserConfig } from 'tsdown'

const shared: UserConfig = {
  platform: 'browser',
  target: 'es2022',
  minify: true,
  sourcemap: true,
}

/** What `exports` in package.json names, for bundlers and for Node, by `import` and by `require`. */
const modules: UserConfig = {
  ...shared,
  entry: ['src/browser.ts', 'src/conformance.ts'],
  format: ['esm', 'cjs'],
  fixedExtension: true,
  dts: true,
  // What is loaded later takes what it shares from the entry, which so stays one file.
  inputOptions: { preserveEntrySignatures: 'allow-extension' },
}

/** A file for a `<script>`, whole: there is no other that it could load later. */
const script = (name: string, entry: string, globalName: string): UserConfig => ({
  ...shared,
  entry: { [name]: entry },
  format: 'iife',
  globalName,
  clean: false,
  dts: false,
  outputOptions: { entryFileNames: '[name].min.js', codeSplitting: false },
})

const config: UserConfig[] = [
  modules,
  { ...modules, entry: ['src/node.ts'], platform: 'node', clean: false },
  script('sdk', 'src/script.ts', 'audiusSdk'),
]

export default config
