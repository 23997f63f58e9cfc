import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'rolldown'

const dist = join(import.meta.dirname, '../sdk/dist')
const frameworks = ['react', 'vue', 'svelte', 'solid-js', '@angular/core']
const bindings = ['react', 'vue', 'svelte', 'solid', 'angular'] as const

/** What no binding may be larger than: bytes, brotli, beside the SDK in an app. */
export const BINDING_LIMIT = 1000

/** The size of what a page loads first of the SDK's files, put together as an app's bundler does: bytes, brotli. */
async function firstLoad(files: readonly string[]): Promise<number> {
  const { output } = await build({
    input: 'app',
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === 'app' ? id : null),
        load: (id) =>
          id === 'app' ? files.map((file) => `export * from '${dist}/${file}.mjs'`).join('\n') : null,
      },
    ],
    external: frameworks,
    platform: 'browser',
    write: false,
    logLevel: 'silent',
    output: { format: 'esm', minify: true },
  })
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])))
  const first = new Set([output[0]])
  for (const { imports } of first)
    for (const name of imports) {
      const chunk = chunks.get(name)
      if (chunk) first.add(chunk)
    }
  return [...first].reduce((total, { code }) => total + brotliCompressSync(code).length, 0)
}

/** What each binding adds to an app that has the SDK and the framework: bytes, brotli. */
export async function bindingSizes(): Promise<ReadonlyMap<string, number>> {
  const sdk = await firstLoad(['browser'])
  return new Map(
    await Promise.all(
      bindings.map(async (name) => [name, (await firstLoad(['browser', name])) - sdk] as const),
    ),
  )
}

if (import.meta.main)
  for (const [name, size] of await bindingSizes()) {
    if (size <= BINDING_LIMIT) continue
    console.error(
      `The binding for ${name} adds ${size} bytes (brotli) to an app, more than ${BINDING_LIMIT}.`,
    )
    process.exitCode = 1
  }
