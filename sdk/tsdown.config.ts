import { join } from 'node:path'
import type { UserConfig } from 'tsdown'

const shared: UserConfig = {
  platform: 'browser',
  fixedExtension: true,
  target: 'es2022',
  dts: true,
  minify: true,
  sourcemap: true,
}

const pages: UserConfig = {
  ...shared,
  entry: ['src/browser.ts', 'src/react.ts', 'src/button.ts'],
  // What is loaded later takes what it shares from the entry, which so stays one file.
  inputOptions: { preserveEntrySignatures: 'allow-extension' },
}

const ownErrors = join(import.meta.dirname, 'src/testing-errors.ts')

/** Built apart, so that the entry stays one file; the errors are the app's all the same. */
const testing: UserConfig = {
  ...shared,
  entry: ['src/testing.ts'],
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

/** The button and all it needs, for a page with one classic script. */
const script: UserConfig = {
  ...shared,
  entry: ['src/button-script.ts'],
  format: 'iife',
  dts: false,
  outputOptions: { entryFileNames: 'button.min.js', codeSplitting: false },
}

const builds: UserConfig[] = [pages, testing, script]

export default builds
