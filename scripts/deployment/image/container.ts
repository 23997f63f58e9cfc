import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A root of its own: what is written above a base is kept apart from it. */
export interface Container {
  readonly base: string
  /** Where what it writes lies, and where it is mounted. */
  readonly folder: string
}

/** How something is started in a container. */
export interface Start {
  readonly command: readonly string[]
  readonly folder: string
  readonly user: string
  readonly environment: Readonly<Record<string, string>>
  /** Folders of this machine under paths of the container. */
  readonly mounts: Readonly<Record<string, string>>
  /** Whether all but the mounts and /tmp refuses to be written to. */
  readonly isReadOnly: boolean
  /** Others that it sees under `/from/NAME`. */
  readonly others: readonly (Container & { readonly name: string })[]
}

export function newContainer(folder: string, base: string): Container {
  for (const name of ['written', 'work', 'root']) mkdirSync(join(folder, name), { recursive: true })
  return { base, folder }
}

/** What is written, as the container's own root has it above its base. */
export const writtenIn = ({ folder }: Container, path: string): string => join(folder, 'written', path)

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** Starts something in a container. What is mounted for it goes with its process, which gets the signals itself. */
export function startIn(container: Container, start: Start, stdio: StdioOptions): ChildProcess {
  const { base, folder } = container
  const root = join(folder, 'root')
  const written = join(folder, 'written')
  const bind = (from: string, to: string) =>
    `mkdir -p ${quoted(join(root, to))}; mount --rbind ${quoted(from)} ${quoted(join(root, to))}`
  const changes = start.isReadOnly
    ? `lowerdir=${written}:${base}`
    : `lowerdir=${base},upperdir=${written},workdir=${join(folder, 'work')}`
  const others = start.others.flatMap((other) => {
    const place = join(root, 'from', other.name)
    return [
      `mkdir -p ${place}`,
      `mount -t overlay overlay -o lowerdir=${join(other.folder, 'written')}:${other.base} ${place}`,
    ]
  })
  const environment = Object.entries(start.environment).map(([name, value]) => quoted(`${name}=${value}`))
  const command = start.command.map(quoted).join(' ')
  const script = [
    'set -e',
    `mount -t overlay overlay -o ${changes} ${root}`,
    ...['/dev', '/proc'].map((path) => bind(path, path)),
    `mount -t tmpfs tmpfs ${join(root, 'tmp')}`,
    ...others,
    ...Object.entries(start.mounts).map(([to, from]) => bind(from, to)),
    `exec chroot --userspec=${start.user} ${root} env -i -C ${start.folder} ${environment.join(' ')} ${command}`,
  ]
  return spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script.join('\n')], { stdio })
}
