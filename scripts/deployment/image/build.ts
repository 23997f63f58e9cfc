import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { baseOf } from './base.ts'
import { type Container, newContainer, startIn, writtenIn } from './container.ts'
import type { Stage } from './instructions.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))
/** So that packages come over the network once. */
const packages = join(homedir(), '.npm')
export const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const network = ['http_proxy', 'https_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS']

/** A step that failed: the message is the step and the last of what it said. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed'
}

/** Runs the steps of stages, each in a root of its own under a folder, and answers the last. @throws StepFailed */
export async function build(stages: readonly Stage[], folder: string): Promise<Container> {
  const built: (Container & { readonly name: string })[] = []
  mkdirSync(packages, { recursive: true })
  for (const [n, stage] of stages.entries()) {
    const container = newContainer(join(folder, String(n)), baseOf(stage.base))
    for (const step of stage.steps) {
      mkdirSync(writtenIn(container, step.folder), { recursive: true })
      if (step.name === 'COPY' && step.rest === '. .') copyRepository(writtenIn(container, step.folder))
      else await run(container, step, built)
    }
    built.push({ ...container, name: stage.name })
  }
  const last = built.at(-1)
  if (last === undefined) throw new StepFailed('There is no stage.')
  return last
}

/** What Git knows of, as it is now: neither what is built nor what is installed. */
function copyRepository(target: string): void {
  const { status, stderr } = spawnSync(
    'bash',
    [
      '-o',
      'pipefail',
      '-c',
      'git ls-files -z | tar --create --null --files-from=- | tar --extract --directory "$0"',
      target,
    ],
    { cwd: repository, encoding: 'utf8' },
  )
  if (status !== 0) throw new StepFailed(`COPY . .: ${stderr}`)
}

async function run(
  container: Container,
  { name, rest, folder }: Stage['steps'][number],
  others: readonly (Container & { readonly name: string })[],
): Promise<void> {
  const copy = /^--from=(\w+) (\S+) (\S+)$/.exec(rest)
  if (name === 'COPY' && copy === null) throw new StepFailed(`COPY ${rest}: this is not understood`)
  const [, from, source, target] = copy ?? []
  const script =
    copy === null ? rest : `mkdir -p "$(dirname ${target})" && cp -a /from/${from}${source} ${target}`
  const told = network.flatMap((key) => {
    const value = process.env[key]
    return value === undefined ? [] : [[key, value]]
  })
  const child = startIn(
    container,
    {
      command: ['sh', '-c', `{ ${script}; } 2>&1`],
      folder,
      user: 'root',
      environment: { PATH: path, HOME: '/root', ...Object.fromEntries(told) },
      mounts: { '/root/.npm': packages },
      isReadOnly: false,
      others,
    },
    ['ignore', 'pipe', 'inherit'],
  )
  const [said, [status]] = await Promise.all([child.stdout && buffer(child.stdout), once(child, 'exit')])
  if (status !== 0)
    throw new StepFailed(`${name} ${rest}: ${said?.toString().trim().split('\n').slice(-8).join('\n  ')}`)
}
