import type { Plugin } from 'rolldown'

/** What libraries load and this server never calls: a way to uploads by Node's own messages. */
const neverCalled: readonly (readonly [library: string, loads: string])[] = [['@tus/server', 'srvx/node']]
const nothing = '\0nothing'

/**
 * Takes Node's own modules by `process.getBuiltinModule`: an `import` looks at each export of one, and looking at those of
 * `node:http` loads what speaks HTTP for `fetch`.
 */
export const builtinModules: Plugin = {
  name: 'builtin-modules',
  resolveId: (name, importer) =>
    neverCalled.some(([library, loads]) => name === loads && importer?.includes(`/node_modules/${library}/`))
      ? nothing
      : null,
  load: (id) => (id === nothing ? { code: 'module.exports = {}', moduleType: 'js' } : null),
  renderChunk(code) {
    const lines = code.split('\n')
    const end = lines.findIndex((line) => !line.startsWith('import '))
    return [...lines.slice(0, end).map(takeModule), ...lines.slice(end)].join('\n')
  },
}

function takeModule(line: string): string {
  const [, names, name] = /^import (.+) from ("node:[^"]+");$/.exec(line) ?? []
  if (names === undefined) return line
  const [, whole, some] = /^(?:(?:\* as )?([\w$]+))?(?:, )?({.*})?$/.exec(names) ?? []
  return [whole, some?.replaceAll(' as ', ': ')]
    .flatMap((taken) => (taken === undefined ? [] : [`const ${taken} = process.getBuiltinModule(${name});`]))
    .join(' ')
}
