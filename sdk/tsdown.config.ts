import { join } from 'node:path'
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
  entry: ['src/browser.ts', 'src/react.ts', 'src/button.ts'],
  format: ['esm', 'cjs'],
  fixedExtension: true,
  dts: true,
  // What is loaded later takes what it shares from the entry, which so stays one file.
  inputOptions: { preserveEntrySignatures: 'allow-extension' },
  outputOptions: { codeSplitting: { groups: [{ name: 'browser', test: /\bbrowser\.ts$/ }] } },
}

/** What Metro bundles. */
const native: UserConfig = {
  ...shared,
  entry: ['src/native.ts', 'src/react.ts'],
  // Old versions of Metro know no .mjs.
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  // Metro bundles what is required where it finds `require` itself, which is left as it is for Node alone.
  platform: 'node',
  outputOptions: { polyfillRequire: false },
  minify: false,
  dts: true,
  clean: false,
}

const ownErrors = join(import.meta.dirname, 'src/testing-errors.ts')

/** Built apart, so that the entry stays one file; the errors are the app's all the same. */
const testing: UserConfig = {
  ...modules,
  entry: ['src/testing.ts'],
  clean: false,
  plugins: [
    {
      name: 'errors-of-the-app',
      resolveId: (source, importer) => {
        if (source === './errors.ts' && importer !== ownErrors) return ownErrors
        if (source === './browser.ts') return { id: '@stagedoor/sdk', external: true }
        return null
      },
    },
  ],
}

const noUploads = join(import.meta.dirname, 'src/no-uploads.ts')

/** A file for a `<script>`, whole: there is no other that it could load later. It has no uploads, to stay small. */
const script = (name: string, entry: string, globalName?: string): UserConfig => ({
  ...shared,
  entry: { [name]: entry },
  format: 'iife',
  ...(globalName && { globalName }),
  clean: false,
  dts: false,
  plugins: [{ name: 'no-uploads', resolveId: (source) => (source === './upload.ts' ? noUploads : null) }],
  outputOptions: { entryFileNames: '[name].min.js', codeSplitting: false },
})

const builds: UserConfig[] = [
  modules,
  { ...modules, entry: ['src/node.ts'], platform: 'node', clean: false },
  native,
  testing,
  script('sdk', 'src/script.ts', 'audiusSdk'),
  script('button', 'src/button-script.ts'),
]

export default builds
