/**
 * Installs what has a lockfile of its own, unless it is there: `node scripts/install-aside.ts bench/peers`.
 * The clients that the bench compares with are no part of what `npm ci` brings everybody.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { NotPrepared } from './prepare/not-prepared.ts'

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>
}

/**
 * Whether npm has installed what a lockfile says.
 * @param installed what npm wrote into node_modules; null where it has installed nothing
 */
export function isInstalled(wanted: Lockfile, installed: Lockfile | null): boolean {
  const list = ({ packages }: Lockfile) =>
    Object.entries(packages)
      .filter(([place]) => place !== '')
      .map(([place, { integrity }]) => `${place} ${integrity}`)
      .sort()
      .join('\n')
  return installed !== null && list(wanted) === list(installed)
}

function read(file: string): Lockfile | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Installs the packages of a folder of the repository, without their install scripts.
 * @throws NotPrepared when npm cannot
 */
export function installAside(folder: string): void {
  const place = fileURLToPath(new URL(`../${folder}`, import.meta.url))
  const wanted = read(join(place, 'package-lock.json'))
  if (wanted === null) throw new Error(`${folder} has no package-lock.json.`)
  if (isInstalled(wanted, read(join(place, 'node_modules/.package-lock.json')))) return
  const { status } = spawnSync('npm', ['ci', '--silent', '--ignore-scripts'], {
    cwd: place,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0)
    throw new NotPrepared(
      `What ${folder} needs cannot be installed. Run: npm ci --ignore-scripts --prefix ${folder}`,
    )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  try {
    installAside(process.argv[2] ?? '')
  } catch (error) {
    if (!(error instanceof NotPrepared)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
