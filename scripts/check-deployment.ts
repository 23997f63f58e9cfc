/**
 * `npm run check:deployment`: whether the files of deploy/ are what those who read them take them for. It ends with the first
 * program that is missing. What root alone can do is left out for others, and that is said.
 */
import { readFileSync } from 'node:fs'
import { composeFaults } from './deployment/compose.ts'
import { dockerfileFaults } from './deployment/dockerfile.ts'
import { imageFaults } from './deployment/image/check.ts'
import { alertFaults, caddyFaults, chartFaults, nginxFaults, unitFaults } from './deployment/programs.ts'
import { NotPrepared } from './prepare/not-prepared.ts'

const deploy = new URL('../deploy/', import.meta.url)
const textOf = (name: string) => readFileSync(new URL(name, deploy), 'utf8')

/** What its users may set otherwise, each way of the templates' branches. */
const otherValues = `
replicas: 3
settings: { BRAND_NAME: 'A: B', DPOP: true }
storage: { size: 1Gi, className: fast }
ingress: { enabled: false }
`

interface Check {
  readonly file: string
  readonly faults: () => readonly string[] | Promise<readonly string[]>
  readonly mayBeLeftOut?: true
}

const checks: readonly Check[] = [
  { file: 'Dockerfile', faults: () => dockerfileFaults(textOf('Dockerfile')) },
  { file: 'compose.yaml', faults: () => composeFaults(textOf('compose.yaml')) },
  { file: 'helm/stagedoor', faults: () => chartFaults('') },
  { file: 'helm/stagedoor with other values', faults: () => chartFaults(otherValues) },
  { file: 'nginx.conf', faults: nginxFaults },
  { file: 'Caddyfile', faults: caddyFaults },
  { file: 'stagedoor.service', faults: unitFaults },
  { file: 'alerts.yaml', faults: alertFaults },
  {
    file: 'Dockerfile, built and started',
    faults: () => imageFaults(textOf('Dockerfile')),
    mayBeLeftOut: true,
  },
]

/** What is said of a file. @throws NotPrepared where a program is missing that everybody can install */
async function verdictOn({ faults, mayBeLeftOut }: Check): Promise<string> {
  try {
    const found = await faults()
    if (found.length === 0) return 'good'
    process.exitCode = 1
    return `\n  ${found.join('\n  ')}`
  } catch (error) {
    if (error instanceof NotPrepared && mayBeLeftOut) return `left out. ${error.message}`
    throw error
  }
}

try {
  for (const check of checks) console.log(`deploy/${check.file}: ${await verdictOn(check)}`)
} catch (error) {
  if (!(error instanceof NotPrepared)) throw error
  console.error(error.message)
  process.exitCode = 1
}
