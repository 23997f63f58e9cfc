/** What the tests need of the machine besides what npm installs. */
export type Need = 'Chromium' | 'ffmpeg'

/** What decides how a program is installed. */
export interface Machine {
  /** The ids of the Linux distribution and of those it is like, as /etc/os-release has them. */
  readonly distribution: readonly string[]
  /** The package managers that it has. */
  readonly managers: readonly Manager[]
  /** How a command becomes root's: at once, by sudo without a password, or not at all. */
  readonly root: 'already' | 'sudo' | 'none'
}

export const managers = ['apt-get', 'brew', 'dnf', 'pacman', 'zypper', 'apk'] as const
export type Manager = (typeof managers)[number]

/** One way to install something, tried when it is still missing. */
export interface Attempt {
  readonly needs: readonly Need[]
  /** What is installed, and by what. */
  readonly words: string
  readonly commands: readonly (readonly string[])[]
}

export const playwright = ['npx', 'playwright-core', 'install', 'chromium'] as const
const quiet = ['--no-shell', '--no-progress'] as const

/** Ubuntu's package chromium is a snap, which containers have not and which cannot read the profiles of tests. */
const hasSnap = ({ distribution }: Machine) => distribution.includes('ubuntu')

/**
 * How what is missing is installed on a machine, in order.
 * @returns null when there is no way to one of them
 */
export function attempts(missing: readonly Need[], machine: Machine): readonly Attempt[] | null {
  const all = [...systemAttempts(missing, machine), ...playwrightAttempts(missing, machine)]
  return missing.every((need) => all.some(({ needs }) => needs.includes(need))) ? all : null
}

function systemAttempts(missing: readonly Need[], machine: Machine): readonly Attempt[] {
  if (machine.managers.includes('apt-get')) {
    const packages = aptPackages(missing, machine)
    if (machine.root === 'none' || packages.length === 0) return []
    const apt = [...(machine.root === 'sudo' ? ['sudo', '-n'] : []), 'env', 'DEBIAN_FRONTEND=noninteractive']
    // Another apt-get may be at work, as on a machine that has just started.
    apt.push('apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=300')
    const needs = hasSnap(machine) ? missing.filter((need) => need === 'ffmpeg') : missing
    const install = [...apt, 'install', '-y', '--no-install-recommends', ...packages]
    return [{ needs, words: `${packages.join(', ')} with apt-get`, commands: [[...apt, 'update'], install] }]
  }
  if (machine.managers.includes('brew') && missing.includes('ffmpeg'))
    return [{ needs: ['ffmpeg'], words: 'ffmpeg with Homebrew', commands: [['brew', 'install', 'ffmpeg']] }]
  return []
}

function aptPackages(missing: readonly Need[], machine: Machine): readonly string[] {
  const packages = missing.includes('ffmpeg') ? ['ffmpeg'] : []
  if (!missing.includes('Chromium')) return packages
  return [...(hasSnap(machine) ? [] : ['chromium']), 'fonts-liberation', ...packages]
}

function playwrightAttempts(missing: readonly Need[], machine: Machine): readonly Attempt[] {
  if (!missing.includes('Chromium')) return []
  const withLibraries = machine.managers.includes('apt-get') && machine.root !== 'none' ? ['--with-deps'] : []
  const commands = [[...playwright, ...withLibraries, ...quiet]]
  return [{ needs: ['Chromium'], words: 'Chromium with Playwright', commands }]
}

/** The command with which a person installs what is missing. */
export function commandFor(missing: readonly Need[], machine: Machine): string {
  const sudo = machine.root === 'already' ? '' : 'sudo '
  if (machine.managers.includes('apt-get')) {
    const apt = `${sudo}apt-get install -y ${aptPackages(missing, machine).join(' ')}`
    const needsPlaywright = hasSnap(machine) && missing.includes('Chromium')
    return needsPlaywright ? `${apt} && ${playwright.join(' ')} --with-deps` : apt
  }
  const chromium = missing.includes('Chromium') ? [playwright.join(' ')] : []
  const ffmpeg = missing.includes('ffmpeg') ? [ffmpegCommand(machine, sudo)] : []
  return [...ffmpeg, ...chromium].join(' && ')
}

function ffmpegCommand({ managers }: Machine, sudo: string): string {
  if (managers.includes('dnf')) return `${sudo}dnf install -y ffmpeg-free`
  if (managers.includes('pacman')) return `${sudo}pacman -S --noconfirm ffmpeg`
  if (managers.includes('zypper')) return `${sudo}zypper install -y ffmpeg`
  if (managers.includes('apk')) return `${sudo}apk add ffmpeg`
  return 'brew install ffmpeg'
}
