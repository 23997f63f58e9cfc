/**
 * `npm run lockfile`, after a dependency has changed; with --check, says whether it has to be run.
 *
 * Packages say which Node they need, and npm holds that against the Node it was started with. Here they run on the Node
 * that `npm ci` installs, so npm would warn of nothing, and on some versions leave out optional packages that are needed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { subset } from 'semver'

/** The Node that may start `npm ci`. */
const starts = '>=20'

interface Lockfile {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** A lockfile in which no package excludes a Node that may start `npm ci`. */
export function withoutNarrowEngines<L extends Lockfile>(lockfile: L): L {
  const packages = Object.entries(lockfile.packages).map(([place, { engines, ...rest }]) =>
    isNarrow(engines) ? [place, rest] : [place, lockfile.packages[place]],
  )
  return { ...lockfile, packages: Object.fromEntries(packages) }
}

const isNarrow = (engines: unknown): boolean =>
  engines instanceof Object &&
  'node' in engines &&
  typeof engines.node === 'string' &&
  !subset(starts, engines.node)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = new URL('../package-lock.json', import.meta.url)
  const text = readFileSync(file, 'utf8')
  const wanted = `${JSON.stringify(withoutNarrowEngines(JSON.parse(text)), null, 2)}\n`
  if (!process.argv.includes('--check')) writeFileSync(file, wanted)
  else if (text !== wanted) {
    console.error('package-lock.json makes npm warn of Node versions. Run: npm run lockfile')
    process.exitCode = 1
  }
}
