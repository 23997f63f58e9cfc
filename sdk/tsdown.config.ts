import { join } from 'node:path'
import type { Plugin } from 'rolldown'
import type { UserConfig } from 'tsdown'

/** The resolved id of a file of `src`: what the build matches, since a specifier says another thing in every folder. */
const source = (file: string): string => join(import.meta.dirname, 'src', file)

/** A plugin that puts one file in another's place, wherever it is imported from, but for the files named. */
const replace = (file: string, by: string, except: readonly string[] = []): Plugin => ({
  name: `replace ${file}`,
  resolveId: {
    order: 'pre',
    async handler(specifier, importer, options) {
      if (!importer || except.some((name) => source(name) === importer)) return null
      const found = await this.resolve(specifier, importer, { ...options, skipSelf: true })
      return found?.id === source(file) ? source(by) : null
    },
  },
})

/** A plugin that leaves a file to the package's own entry. */
const external = (file: string, name: string): Plugin => ({
  name: `external ${file}`,
  resolveId: {
    order: 'pre',
    async handler(specifier, importer, options) {
      if (!importer) return null
      const found = await this.resolve(specifier, importer, { ...options, skipSelf: true })
      return found?.id === source(file) ? { id: name, external: true } : null
    },
  },
})

/** A plugin that has a file import at once what it would load later: where all is one file, that is shorter. */
const atOnce = (file: string): Plugin => ({
  name: `at once ${file}`,
  transform: {
    order: 'pre',
    handler(code, id) {
      if (id !== source(file)) return null
      const imports: string[] = []
      const whole = code.replace(/\bimport\(('[^']+')\)/g, (_, from: string) => {
        imports.push(`import * as later${imports.length} from ${from}`)
        return `Promise.resolve(later${imports.length - 1})`
      })
      // On its first line, which leaves the rest where its source map says.
      return { code: [...imports, whole].join(';'), map: null }
    },
  },
})

/** What everything that is loaded later needs: one file, whichever comes first. */
const online = [
  'online.ts',
  'errors/late-catalogue.ts',
  'http/client.ts',
  'http/discreet.ts',
  'http/proofs.ts',
  'http/retry-after.ts',
]
  .concat('session/revocations.ts', 'session/trade.ts')
  .map(source)

const shared: UserConfig = {
  platform: 'browser',
  target: 'es2022',
  minify: true,
  sourcemap: true,
  // How long a plugin takes says how busy the machine is.
  inputOptions: { checks: { pluginTimings: false } },
}

/** What is loaded later takes what it shares from the entry, which so stays one file. */
const entries = { preserveEntrySignatures: 'allow-extension', checks: { pluginTimings: false } } as const

/** What `exports` in package.json names, for bundlers and for Node, by `import` and by `require`. */
const modules: UserConfig = {
  ...shared,
  entry: ['browser', 'react', 'button', 'vue', 'svelte', 'solid', 'angular'].map((name) => `src/${name}.ts`),
  format: ['esm', 'cjs'],
  fixedExtension: true,
  dts: { oxc: true },
  // A number that only later files need is not exported to them: each has it written where it is used.
  inputOptions: { ...entries, optimization: { inlineConst: { mode: 'all', pass: 3 } } },
  outputOptions: {
    codeSplitting: {
      groups: [
        { name: 'browser', test: (id) => id === source('browser.ts') },
        { name: 'online', test: (id) => online.includes(id) },
      ],
    },
  },
}

/** What a server loads: whole, and readable, as Node shows the line that an uncaught error comes from. */
const servers = (entry: string, platform: 'node' | 'browser'): UserConfig => ({
  ...modules,
  entry: [entry],
  platform,
  inputOptions: entries,
  outputOptions: { codeSplitting: false },
  minify: false,
  clean: false,
})

/** What needs nothing of the SDK, and so is a small file of its own. */
const apart = (name: string, entry: string): UserConfig => ({
  ...modules,
  entry: { [name]: entry },
  outputOptions: { codeSplitting: false },
  clean: false,
})

/** Words for developers, which a file that cannot load them later does without. */
const withoutAdvice = replace('login/advise.ts', 'login/no-advice.ts')

/** The browser's entry in one file, for where nothing can be loaded later: a service worker, an extension. */
const bundle: UserConfig = {
  ...modules,
  entry: { bundle: 'src/browser.ts' },
  dts: false,
  plugins: [withoutAdvice, atOnce('browser.ts')],
  outputOptions: { codeSplitting: false },
  clean: false,
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
  dts: { oxc: true },
  clean: false,
}

/** Built apart, so that the entry stays one file; the errors are the app's all the same. */
const testing: UserConfig = {
  ...modules,
  entry: ['src/testing.ts'],
  // Starting an emulator is for Node alone; the rest runs wherever the app's tests do.
  deps: { neverBundle: [/^node:/] },
  outputOptions: { codeSplitting: false },
  minify: false,
  clean: false,
  plugins: [
    replace('errors/errors.ts', 'testing/errors.ts', ['testing/errors.ts']),
    external('browser.ts', '@stagedoor/sdk'),
  ],
}

/** A file for a `<script>`, whole: there is no other that it could load later. It has no uploads, to stay small. */
const script = (name: string, entry: string, globalName?: string): UserConfig => ({
  ...shared,
  entry: { [name]: entry },
  format: 'iife',
  ...(globalName && { globalName }),
  clean: false,
  dts: false,
  plugins: [
    withoutAdvice,
    atOnce('browser.ts'),
    replace('uploads/upload.ts', 'uploads/none.ts'),
    replace('dpop/window.ts', 'dpop/none.ts'),
  ],
  outputOptions: { entryFileNames: '[name].min.js', codeSplitting: false },
})

const builds: UserConfig[] = [
  modules,
  servers('src/node.ts', 'node'),
  servers('src/edge.ts', 'browser'),
  apart('errors', 'src/error-codes.ts'),
  apart('words', 'src/words.ts'),
  apart('webhooks', 'src/webhooks.ts'),
  bundle,
  native,
  testing,
  script('sdk', 'src/script.ts', 'audiusSdk'),
  script('button', 'src/button-script.ts'),
]

export default builds
