import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeTable } from '@stagedoor/testkit/document'
import ts from 'typescript'
import { expect, test } from 'vitest'

/* What both packages call alike, by the type declarations of each: what was written for one is compiled against the other. */

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const source = at('compared.ts')
const text = `import type { Sdk } from '@stagedoor/sdk'
import type { sdk as sdk15 } from 'audius-15'
import type { sdk as sdk16 } from 'audius-16'
export declare const ours: Sdk
export declare const theirs15: ReturnType<typeof sdk15>
export declare const theirs16: ReturnType<typeof sdk16>`

const options = {
  ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: [] },
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  paths: {
    '@stagedoor/sdk': [at('../sdk/src/browser.ts')],
    'audius-15': [at('incumbent/node_modules/audius-15/dist/index.d.ts')],
    'audius-16': [at('incumbent/node_modules/audius-16/dist/index.d.ts')],
  },
}

function checkerOf() {
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile } = host
  host.fileExists = (name) => name === source || fileExists(name)
  host.getSourceFile = (name, ...rest) =>
    name === source ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2024) : getSourceFile(name, ...rest)
  const program = ts.createProgram([source], options, host)
  const checker = program.getTypeChecker()
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(source)))
  const typeOf = (name) => checker.getTypeOfSymbol(exported.find((one) => one.name === name))
  return { checker, typeOf }
}

/** By `group.method`: how a request of theirs is refused by our types, and which fields of our answers have another type in theirs. */
function differences(major, { checker, typeOf }) {
  const bare = (type) => checker.getNonNullableType(type)
  const fits = (one, other) => checker.isTypeAssignableTo(bare(one), bare(other))
  const member = (type, name) => {
    const symbol = checker.getPropertyOfType(bare(type), name)
    return symbol && checker.getTypeOfSymbol(symbol)
  }
  const elementOf = (type) => checker.getIndexTypeOfType(bare(type), ts.IndexKind.Number)
  const isObject = (type) => (bare(type).flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0
  const wordsOf = (type) => checker.typeToString(bare(type)).replaceAll('|', '\\|')

  // Lists that may not be changed, and fields that may be missing, are named in the document once for all.
  function conflicts(ours, theirs, path, depth = 0) {
    if (fits(ours, theirs)) return []
    const [one, other] = [elementOf(ours), elementOf(theirs)]
    if (one && other) return conflicts(one, other, path, depth)
    if (depth > 3 || !isObject(ours) || !isObject(theirs)) return [`\`${path || 'data'}\``]
    return bare(ours)
      .getProperties()
      .flatMap(({ name }) => {
        const their = member(theirs, name)
        return their === undefined
          ? []
          : conflicts(member(ours, name), their, [path, name].filter(Boolean).join('.'), depth + 1)
      })
  }

  function faults(sent, taken, path) {
    return bare(sent)
      .getProperties()
      .map(({ name }) => ({ field: path + name, one: member(sent, name), other: member(taken, name) }))
      .filter(({ one, other }) => other !== undefined && !checker.isTypeAssignableTo(one, other))
      .flatMap(({ field, one, other }) => {
        if (fits(one, other)) return [`\`${field}\` is needed`]
        const inside = isObject(one) && isObject(other) ? faults(one, other, `${field}.`) : []
        return inside.length > 0 ? inside : [`\`${field}\` is \`${wordsOf(other)}\``]
      })
  }

  function requestFault(ours, theirs) {
    const [taken, sent] = [ours, theirs]
      .map((signature) => signature.getParameters()[0])
      .map((parameter) => parameter && checker.getTypeOfSymbol(parameter))
    if (taken === undefined || sent === undefined || fits(sent, taken)) return ''
    return faults(sent, taken, '').join(', ') || `takes \`${wordsOf(taken)}\``
  }

  const answerOf = (signature) => {
    const answer = checker.getAwaitedType(signature.getReturnType())
    return answer && (member(answer, 'data') ?? answer)
  }
  const found = new Map()
  const [sdk, theirs] = [typeOf('ours'), typeOf(`theirs${major}`)]
  for (const { name: group } of sdk.getProperties().filter(({ name }) => name !== 'oauth')) {
    const [one, other] = [member(sdk, group), member(theirs, group)]
    for (const { name } of other === undefined ? [] : one.getProperties()) {
      const [ours, their] = [one, other].map((type) => member(type, name)?.getCallSignatures()[0])
      if (ours === undefined || their === undefined) continue
      const answers = [answerOf(ours), answerOf(their)]
      const answer = answers.every(Boolean) ? conflicts(...answers, '').join(' ') : ''
      found.set(`${group}.${name}`, { request: requestFault(ours, their), answer })
    }
  }
  return found
}

test('calls that are written for the other package compile here, but for what docs/migrating.md says', () => {
  const types = checkerOf()
  const [before, now] = [15, 16].map((major) => differences(major, types))
  expect(now).toEqual(before)
  const rows = [...now].filter(([, { request, answer }]) => request !== '' || answer !== '')
  const head = `| call: ${now.size - rows.length} of ${now.size} compile as they are, and these but for | in the request | in the answer |`
  const page = () => readFileSync(at('../docs/migrating.md'), 'utf8')
  const told = page()
  writeTable(
    'migrating.md',
    'types',
    head,
    rows.map(([call, { request, answer }]) => `| \`${call}\` | ${request || '–'} | ${answer || '–'} |`),
  )
  expect(page()).toBe(told)
})
