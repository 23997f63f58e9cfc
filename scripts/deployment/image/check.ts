import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '@stagedoor/testkit/ports'
import { build, path, StepFailed } from './build.ts'
import { type Container, startIn, writtenIn } from './container.ts'
import { type Stage, stagesOf } from './instructions.ts'

/**
 * What is wrong with an image: its steps are run in clean roots of its base, and what they leave is started as it says, by its user and
 * with a root that cannot be written to, is looked at by its own HEALTHCHECK and asked to end.
 * @throws NotPrepared where this machine cannot
 */
export async function imageFaults(text: string): Promise<readonly string[]> {
  const stages = stagesOf(text)
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-image-'))
  try {
    const container = await build(stages, folder)
    const image = stages.at(-1)
    return image === undefined ? ['there is no stage'] : await runFaults(image, container, folder)
  } catch (error) {
    if (error instanceof StepFailed) return [error.message]
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function runFaults(image: Stage, container: Container, folder: string): Promise<readonly string[]> {
  const port = String(await freePort())
  const environment = { PATH: path, ...image.environment, PORT: port, PUBLIC_URL: `http://localhost:${port}` }
  // A volume begins as the image has its folder, owner and mode too.
  const volumes = image.volumes.map((volume, n) => {
    const from = join(folder, `volume-${n}`)
    execFileSync('cp', ['-a', writtenIn(container, volume), from])
    return [volume, from]
  })
  const start = {
    folder: image.folder,
    user: image.user,
    environment,
    mounts: Object.fromEntries(volumes),
    isReadOnly: true,
    others: [],
  }
  const server = startIn(container, { ...start, command: [...image.command, '--json'] }, [
    'ignore',
    'pipe',
    'inherit',
  ])
  const ended = once(server, 'exit')
  const lines = server.stdout && createInterface(server.stdout)
  const [ready] = await Promise.race([lines && once(lines, 'line'), ended].filter((each) => each !== null))
  if (typeof ready !== 'string') return ['it does not start']
  const faults: string[] = []
  const health = startIn(container, { ...start, command: image.health }, 'inherit')
  const [status] = await once(health, 'exit')
  if (status !== 0) faults.push(`its HEALTHCHECK ends with ${status} while it serves`)
  if (/^Uid:\t0\t/m.test(readFileSync(`/proc/${server.pid}/status`, 'utf8'))) faults.push('it runs as root')
  server.kill('SIGTERM')
  const [code, signal] = await ended
  if (code !== 0) faults.push(`SIGTERM ends it with ${code ?? signal}`)
  return faults
}
