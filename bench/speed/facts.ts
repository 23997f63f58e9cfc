import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

const versionIn = (folder: string, name: string): string => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(new URL(`../${folder}package.json`, import.meta.url), 'utf8'),
  )
  return `${name} ${{ ...dependencies, ...devDependencies }[name]}`
}

/** The day, the machine, and the versions of all that was compared. @param load how busy the machine was before */
export function facts(isAlone: boolean, load: number): string {
  const { version } = JSON.parse(readFileSync(new URL('../../server/package.json', import.meta.url), 'utf8'))
  const versions = [
    ...[`Stagedoor ${version}`, `Node ${process.versions.node}`, `SQLite ${process.versions['sqlite']}`],
    ...[versionIn('', 'fastify'), versionIn('', '@tus/server')],
    ...(isAlone
      ? []
      : ['oidc-provider', '@openauthjs/openauth', 'better-auth'].map((name) =>
          versionIn('server-peers/', name),
        )),
  ]
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}`
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}, on which ${load.toFixed(1)} processes wanted to run before; ${versions.join(', ')}.`
}

export const loadNow = (): number => loadavg()[0] ?? 0
