import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { NotPrepared } from '../../prepare/not-prepared.ts'

/** Kept between runs. */
const cache = join(homedir(), '.cache/stagedoor-image')

/**
 * A folder with what the base of an image has: the smallest Debian, a user `node`, and this Node with its npm.
 * @param base as `node:24-bookworm-slim`
 * @throws NotPrepared where it cannot be made here
 */
export function baseOf(base: string): string {
  const [, version, suite = ''] = /^node:(\d+)-(\w+)-slim$/.exec(base) ?? []
  if (version !== process.versions.node.split('.')[0])
    throw new NotPrepared(`The base is ${base}, and this is Node ${process.version}.`)
  const npm = process.env['npm_execpath']
  if (npm === undefined) throw new NotPrepared('Run it by npm, which the image needs.')
  if (process.getuid?.() !== 0) throw new NotPrepared('A root is made and entered by root alone.')
  const folder = join(cache, `${suite}-${process.version}`)
  if (existsSync(folder)) return folder
  const making = `${folder}.new`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  const made = spawnSync('debootstrap', ['--variant=minbase', suite, making], { encoding: 'utf8' })
  if (made.error) throw new NotPrepared('There is no debootstrap. Run: apt-get install debootstrap')
  if (made.status !== 0) throw new NotPrepared(`debootstrap: ${made.stdout.split('\n').slice(-5).join('\n')}`)
  addNode(making, dirname(dirname(npm)))
  copyNetwork(making)
  renameSync(making, folder)
  return folder
}

function addNode(folder: string, npm: string): void {
  const local = join(folder, 'usr/local')
  copyFileSync(process.execPath, join(local, 'bin/node'))
  cpSync(npm, join(local, 'lib/node_modules/npm'), { recursive: true })
  for (const name of ['npm', 'npx'])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name))
  execFileSync('chroot', [folder, 'useradd', '--uid', '1000', '--user-group', '--create-home', 'node'])
}

/** How this machine reaches others. */
function copyNetwork(folder: string): void {
  for (const file of ['/etc/resolv.conf', '/etc/hosts', process.env['NODE_EXTRA_CA_CERTS']]) {
    if (file === undefined || !existsSync(file)) continue
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    copyFileSync(file, join(folder, file))
  }
}
