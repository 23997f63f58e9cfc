import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const world = join(import.meta.dirname, 'snippets.d.ts')

const options: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
}

/** The snippets of a page, each as a file beside this one with the line that it stands on. */
function snippetsOf(page: string): readonly (readonly [file: string, text: string])[] {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```(ts|tsx|js)\n(.*?)^```/gms)].map(([, kind, code = ''], at, all) => {
    const line = text.slice(0, all[at]?.index).split('\n').length
    const name = `${page.replace(/\W/g, '-')}-line-${line}.${kind === 'js' ? 'ts' : kind}`
    return [join(import.meta.dirname, name), code]
  })
}

/** What TypeScript says of files that lie nowhere. */
function complaints(files: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = (name) => files.get(name) ?? readFile(name)
  host.fileExists = (name) => files.has(name) || fileExists(name)
  const program = ts.createProgram([world, ...files.keys()], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1
    return `${file?.fileName.split('/').at(-1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}

const snippets = new Map(
  [
    ...['README.md', 'docs/README.md', 'docs/sdk.md', 'docs/migrating.md'],
    ...['docs/guides/testing.md', 'docs/guides/uploads.md'],
  ].flatMap(snippetsOf),
)

test('every snippet of the documentation compiles', { timeout: 60_000 }, () => {
  expect(snippets.size).toBeGreaterThan(15)
  expect(complaints(snippets)).toEqual([])
})

test('and one that does not would be seen', { timeout: 60_000 }, () => {
  const wrong = join(import.meta.dirname, 'wrong.ts')
  expect(complaints(new Map([[wrong, "audius.oauth.login({ scope: 'admin' })"]]))).toHaveLength(1)
})
