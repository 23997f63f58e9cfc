import { expect, test } from 'vitest'
import { distributionOf } from '../prepare/machine.ts'
import { attempts, commandFor, type Machine, type Need } from '../prepare/plan.ts'

const both: readonly Need[] = ['Chromium', 'ffmpeg']
const debian: Machine = { distribution: ['debian'], managers: ['apt-get'], root: 'already' }
const ubuntu: Machine = { ...debian, distribution: ['ubuntu', 'debian'] }
const fedora: Machine = { distribution: ['fedora'], managers: ['dnf'], root: 'sudo' }
const mac: Machine = { distribution: [], managers: ['brew'], root: 'none' }

const apt = 'env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300'
const withPlaywright = 'npx playwright-core install chromium'

/** What is said and run, as lines. */
const linesOf = (missing: readonly Need[], machine: Machine) =>
  attempts(missing, machine)?.map(({ words, commands }) => ({
    words,
    commands: commands.map((command) => command.join(' ')),
  }))

test('Debian installs both with apt-get, and Chromium with Playwright where its package is none', () => {
  expect(linesOf(both, debian)).toEqual([
    {
      words: 'chromium, fonts-liberation, ffmpeg with apt-get',
      commands: [
        `${apt} update`,
        `${apt} install -y --no-install-recommends chromium fonts-liberation ffmpeg`,
      ],
    },
    {
      words: 'Chromium with Playwright',
      commands: [`${withPlaywright} --with-deps --no-shell --no-progress`],
    },
  ])
})

test('Whoever is not root asks sudo, which must not ask for a password', () => {
  const [attempt] = linesOf(['ffmpeg'], { ...debian, root: 'sudo' }) ?? []
  expect(attempt?.commands).toEqual([
    `sudo -n ${apt} update`,
    `sudo -n ${apt} install -y --no-install-recommends ffmpeg`,
  ])
})

test('Ubuntu gets Chromium from Playwright, as its package is a snap', () => {
  expect(attempts(both, ubuntu)?.map(({ needs, words }) => [needs, words])).toEqual([
    [['ffmpeg'], 'fonts-liberation, ffmpeg with apt-get'],
    [['Chromium'], 'Chromium with Playwright'],
  ])
})

test('A Mac gets ffmpeg from Homebrew and Chromium from Playwright', () => {
  expect(linesOf(both, mac)).toEqual([
    { words: 'ffmpeg with Homebrew', commands: ['brew install ffmpeg'] },
    { words: 'Chromium with Playwright', commands: [`${withPlaywright} --no-shell --no-progress`] },
  ])
})

test.each([
  ['Debian', debian],
  ['Ubuntu', ubuntu],
  ['Fedora', fedora],
])('%s without root can be given Chromium, not ffmpeg', (_, of) => {
  const machine: Machine = { ...of, root: 'none' }
  expect(linesOf(['Chromium'], machine)).toEqual([
    { words: 'Chromium with Playwright', commands: [`${withPlaywright} --no-shell --no-progress`] },
  ])
  expect(attempts(both, machine)).toBeNull()
  expect(attempts(['ffmpeg'], machine)).toBeNull()
})

test('Nothing is done about what is there', () => {
  for (const machine of [debian, ubuntu, fedora, mac]) expect(attempts([], machine)).toEqual([])
  expect(attempts(['Chromium'], mac)).toHaveLength(1)
  expect(attempts(['ffmpeg'], ubuntu)?.flatMap(({ commands }) => commands.at(-1)?.at(-1))).toEqual(['ffmpeg'])
})

test.each<[string, readonly Need[], Machine, string]>([
  ['Debian', both, debian, 'apt-get install -y chromium fonts-liberation ffmpeg'],
  ['Debian without root', ['ffmpeg'], { ...debian, root: 'none' }, 'sudo apt-get install -y ffmpeg'],
  [
    'Ubuntu',
    both,
    { ...ubuntu, root: 'none' },
    `sudo apt-get install -y fonts-liberation ffmpeg && ${withPlaywright} --with-deps`,
  ],
  ['Ubuntu that has Chromium', ['ffmpeg'], { ...ubuntu, root: 'none' }, 'sudo apt-get install -y ffmpeg'],
  ['Fedora', both, fedora, `sudo dnf install -y ffmpeg-free && ${withPlaywright}`],
  ['Arch', ['ffmpeg'], { ...fedora, managers: ['pacman'] }, 'sudo pacman -S --noconfirm ffmpeg'],
  ['a Mac without Homebrew', both, { ...mac, managers: [] }, `brew install ffmpeg && ${withPlaywright}`],
])('On %s a person is told the command', (_, missing, machine, command) => {
  expect(commandFor(missing, machine)).toBe(command)
})

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_CODENAME=bookworm\nID=debian\n', ['debian']],
  ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', ['linuxmint', 'ubuntu', 'debian']],
  ['', []],
])('A distribution is known by /etc/os-release', (text, ids) => {
  expect(distributionOf(text)).toEqual(ids)
})
