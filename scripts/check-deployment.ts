/**
 * `npm run check:deployment`: whether the files of deploy/ are what those who read them take them for. It ends with the first
 * program that is missing, and leaves nothing out.
 */
import { readFileSync } from 'node:fs'
import { composeFaults } from './deployment/compose.ts'
import { dockerfileFaults } from './deployment/dockerfile.ts'
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

const checks: readonly { readonly file: string; readonly faults: () => readonly string[] }[] = [
  { file: 'Dockerfile', faults: () => dockerfileFaults(textOf('Dockerfile')) },
  { file: 'compose.yaml', faults: () => composeFaults(textOf('compose.yaml')) },
  { file: 'helm/stagedoor', faults: () => chartFaults('') },
  { file: 'helm/stagedoor with other values', faults: () => chartFaults(otherValues) },
  { file: 'nginx.conf', faults: nginxFaults },
  { file: 'Caddyfile', faults: caddyFaults },
  { file: 'stagedoor.service', faults: unitFaults },
  { file: 'alerts.yaml', faults: alertFaults },
]

try {
  for (const { file, faults } of checks) {
    const found = faults()
    console.log(`deploy/${file}: ${found.length === 0 ? 'good' : `\n  ${found.join('\n  ')}`}`)
    if (found.length > 0) process.exitCode = 1
  }
} catch (error) {
  if (!(error instanceof NotPrepared)) throw error
  console.error(error.message)
  process.exitCode = 1
}
