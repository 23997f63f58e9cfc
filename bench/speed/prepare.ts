import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { installAside } from '../../scripts/install-aside.ts'
import { thisCheckout } from './processes.ts'

/** Builds what is measured unless it is built, and installs what it is measured beside. @param tell is told what is done */
export async function prepare(isAlone: boolean, tell: (words: string) => void): Promise<void> {
  if (!isBuilt()) {
    tell('building')
    const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: thisCheckout, stdio: 'inherit' })
    if (status !== 0) throw new Error('It cannot be built.')
  }
  if (isAlone) return
  tell('installing other servers, unless they are there')
  installAside('bench/server-peers')
}

/** Whether nothing that the server is made of is newer than what it was built to. */
function isBuilt(): boolean {
  const timeOf = (file: string) => statSync(join(thisCheckout, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const built = timeOf('server/dist/main.mjs')
  const sources = globSync(['server/src/**/*.{ts,tsx}', 'sdk/src/**/*.ts', 'server/assets/**/*'], {
    cwd: thisCheckout,
  })
  return sources.every((file) => timeOf(file) <= built)
}
