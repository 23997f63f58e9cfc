import { spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Machine, managers } from './plan.ts'

/** The ids in the text of /etc/os-release: of a distribution, and of those it is like. */
export function distributionOf(osRelease: string): readonly string[] {
  return ['ID', 'ID_LIKE'].flatMap((field) => {
    const [, value = ''] = new RegExp(`^${field}="?([^"\n]*)"?$`, 'm').exec(osRelease) ?? []
    return value.split(' ').filter((id) => id !== '')
  })
}

/** What this machine is. */
export function thisMachine(): Machine {
  return {
    distribution: distributionOf(read('/etc/os-release')),
    managers: managers.filter(isOnPath),
    root: process.getuid?.() === 0 ? 'already' : canSudo() ? 'sudo' : 'none',
  }
}

const canSudo = () => spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isOnPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
