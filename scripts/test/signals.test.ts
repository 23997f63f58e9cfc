import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { freePort } from '@stagedoor/testkit/ports'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { answers, longest, type Started, start, takePort } from './started.ts'

const root = join(import.meta.dirname, '../..')
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

interface Running extends Started {
  readonly ports: readonly string[]
}

/** Starts a command that serves an installation in a folder of its own, and waits until it answers. */
async function serving(...command: readonly string[]): Promise<Running> {
  const port = String(await freePort())
  const folder = temporaryFolder(tmpdir())
  const url = `http://localhost:${port}`
  const settings = { PUBLIC_URL: url, PORT: port, HOST: 'localhost', DATA_DIR: folder, LOG_LEVEL: 'silent' }
  const own = command.at(-1) === 'dev' ? ['--ephemeral', '--port', port] : []
  const started = start([...command, ...own], root, settings)
  await answers(`${url}/healthz`, started)
  return { ...started, ports: [port] }
}

function temporaryFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'stagedoor-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function expectNothingLeft({ gone, ports }: Running): Promise<void> {
  await gone()
  for (const port of ports) await takePort(port)
}

// `dev` is started and ended by the same files: one end of each kind stands for it.
test.each([
  ['serve', 'SIGTERM'],
  ['serve', 'SIGINT'],
  ['dev', 'SIGTERM'],
] as const)('npx stagedoor %s ends with 0 on %s', async (command, signal) => {
  const running = await serving('npx', 'stagedoor', command)
  running.signal(signal)
  expect(await running.ending).toEqual([0, null])
  await expectNothingLeft(running)
})

test.each([
  ['serve', 'SIGHUP'],
  ['serve', 'SIGKILL'],
  ['dev', 'SIGKILL'],
] as const)('npx stagedoor %s leaves nothing when npx dies of %s', async (command, signal) => {
  const running = await serving('npx', 'stagedoor', command)
  running.signal(signal)
  expect(await running.ending).toEqual([null, signal])
  await expectNothingLeft(running)
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'npx stagedoor serve ends with 0 when all its processes get %s',
  async (signal) => {
    const running = await serving('npx', 'stagedoor', 'serve')
    running.signalAll(signal)
    expect(await running.ending).toEqual([0, null])
    await expectNothingLeft(running)
  },
)

test.each(signals)('node stagedoor.mjs serve ends with 0 on %s', async (signal) => {
  const running = await serving('node', 'server/bin/stagedoor.mjs', 'serve')
  running.signal(signal)
  expect(await running.ending).toEqual([0, null])
  await expectNothingLeft(running)
})

test('stagedoor serve goes on when what started it ends, unless that was npx', async () => {
  const port = String(await freePort())
  const url = `http://localhost:${port}`
  const settings = { PUBLIC_URL: url, PORT: port, DATA_DIR: temporaryFolder(tmpdir()), LOG_LEVEL: 'silent' }
  const shell = start(['bash', '-c', 'node server/bin/stagedoor.mjs serve & exit'], root, settings)
  await shell.ending
  await answers(`${url}/healthz`)
  shell.signalAll('SIGTERM')
  await shell.gone()
})

test('An emulator ends with the process that holds pipes to it, whatever stands between them', async () => {
  const port = await freePort()
  const command = ['sh', '-c', 'node server/bin/stagedoor.mjs "$@"; true', 'sh']
  const code = `const { startEmulator } = await import('@stagedoor/sdk/testing')
    await startEmulator(${JSON.stringify({ command, port })})
    setInterval(() => {}, 1000)`
  const running = start(['node', '--input-type=module', '-e', code], root, {})
  await answers(`http://localhost:${port}/healthz`, running)
  running.signal('SIGKILL')
  await expectNothingLeft({ ...running, ports: [String(port)] })
})

// How a machine makes a container's first process; the second way is for who is not root.
const container = [
  ['unshare', '--pid', '--fork'],
  ['unshare', '--user', '--map-root-user', '--pid', '--fork'],
].find(([program = '', ...args]) => spawnSync(program, [...args, 'true']).status === 0)

/** The one child of a process. It is parsed with care: 0 would signal this process and its group. */
function childOf(parent: number | undefined): number {
  const [, child] = /^(\d+) $/.exec(readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')) ?? []
  if (child === undefined) throw new Error('There is not one child.')
  return Number(child)
}

if (container)
  test.each([
    ['node', ['node', 'server/bin/stagedoor.mjs']],
    ['npx', ['npx', 'stagedoor']],
  ])('As the first process of a container, %s ends with 0 on SIGTERM', async (_, command) => {
    const running = await serving(...container, ...command, 'serve')
    process.kill(childOf(running.process.pid), 'SIGTERM')
    expect(await running.ending).toEqual([0, null])
    await expectNothingLeft(running)
  })

describe('npm start', () => {
  /** Starts it in a copy, as it builds what the other tests use. */
  async function npmStart() {
    const copy = temporaryFolder(join(root, 'test-results'))
    const left = new Set(['.git', '.stagedoor', 'node_modules', 'dist', 'test-results'])
    const filter = (file: string) => !left.has(basename(file))
    for (const path of readdirSync(root).filter(filter))
      cpSync(join(root, path), join(copy, path), { recursive: true, filter })
    // What npm installed for the server alone; the rest is found above the copy.
    if (existsSync(join(root, 'server/node_modules')))
      symlinkSync(join(root, 'server/node_modules'), join(copy, 'server/node_modules'))
    const ports = [String(await freePort()), String(await freePort())]
    const [port = '', examplePort = ''] = ports
    const args = ['--', '--ephemeral', '--port', port, '--example-port', examplePort]
    return { ...start(['npm', 'start', ...args], copy, {}), ports, copy }
  }

  async function running() {
    const started = await npmStart()
    for (const port of started.ports) await answers(`http://localhost:${port}/`, started)
    return started
  }

  test('ends with 0 on SIGTERM', async () => {
    const started = await running()
    started.signal('SIGTERM')
    expect(await started.ending).toEqual([0, null])
    await expectNothingLeft(started)
  })

  test('ends with 0 on Ctrl-C', async () => {
    const started = await running()
    started.signalAll('SIGINT')
    expect(await started.ending).toEqual([0, null])
    await expectNothingLeft(started)
  })

  test.each([
    ['ends with 0 on SIGTERM', 'SIGTERM', [0, null]],
    ['leaves nothing when npm dies of SIGHUP', 'SIGHUP', [null, 'SIGHUP']],
  ] as const)('%s while it builds', async (_, signal, ending) => {
    const started = await npmStart()
    await vi.waitUntil(() => existsSync(join(started.copy, 'sdk/dist')), longest)
    started.signal(signal)
    expect(await started.ending).toEqual(ending)
    await expectNothingLeft(started)
  })
})
