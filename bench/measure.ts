import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, type OutputChunk } from 'rolldown'

/** Bytes. */
export interface Size {
  readonly raw: number
  readonly gzip: number
  readonly brotli: number
}

export interface Measured {
  readonly app: string
  /** Every file of the app. */
  readonly whole: Size
  /** What a page loads before anything is called. */
  readonly first: Size
}

/** This repository's app, and those with what is installed aside. */
const folders = ['apps', 'peers/apps'].map((folder) => join(import.meta.dirname, folder))

const sizeOf = (code: string): Size => ({
  raw: Buffer.byteLength(code),
  gzip: gzipSync(code, { level: 9 }).length,
  brotli: brotliCompressSync(code).length,
})

const sum = (sizes: readonly Size[]): Size => ({
  raw: sizes.reduce((total, { raw }) => total + raw, 0),
  gzip: sizes.reduce((total, { gzip }) => total + gzip, 0),
  brotli: sizes.reduce((total, { brotli }) => total + brotli, 0),
})

/** Bundles the source of a page's script as every app here is bundled, and writes nothing. */
export async function chunksOf(input: string): Promise<readonly OutputChunk[]> {
  const { output } = await build({
    input,
    platform: 'browser',
    transform: { target: 'es2022' },
    write: false,
    logLevel: 'silent',
    output: { format: 'esm', minify: true },
  })
  return output.filter((file) => file.type === 'chunk')
}

/** The sizes of a page's script. */
export async function bundle(input: string): Promise<Measured> {
  const chunks = await chunksOf(input)
  const files = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const first = new Set(chunks.filter((chunk) => chunk.isEntry))
  for (const chunk of first)
    for (const name of chunk.imports) {
      const imported = files.get(name)
      if (imported) first.add(imported)
    }
  const app = input.replace(/^.*\/|\.ts$/g, '')
  return {
    app,
    whole: sum(chunks.map(({ code }) => sizeOf(code))),
    first: sum([...first].map(({ code }) => sizeOf(code))),
  }
}

/** The sources of the same small login app with each client. */
export const appFiles = (): readonly string[] =>
  folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))

/** The sizes of the app with each client, smallest first. */
export async function measure(): Promise<readonly Measured[]> {
  return (await Promise.all(appFiles().map(bundle))).toSorted(
    (one, other) => one.whole.gzip - other.whole.gzip,
  )
}

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1)

/** The comparison as a table of kB. */
export function tableOf(apps: readonly Measured[]): string {
  const rows = apps.map(({ app, whole, first }) =>
    [app, whole.raw, whole.gzip, whole.brotli, first.gzip]
      .map((cell) => (typeof cell === 'number' ? kilobytes(cell) : cell))
      .join(' | '),
  )
  return ['client | raw | gzip | brotli | first load, gzip', '--- | --: | --: | --: | --:', ...rows]
    .map((row) => `| ${row} |`)
    .join('\n')
}
