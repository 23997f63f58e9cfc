import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NotPrepared } from '../prepare/not-prepared.ts'
import { kubernetesFaults } from './kubernetes.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const deploy = join(root, 'deploy')

/** Runs something in a folder of its own, which goes afterwards. */
function inFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-deployment-'))
  try {
    return run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Runs a program of the machine.
 * @returns what it wrote, and whether it was content
 * @throws NotPrepared where there is none
 */
function ask(
  [program = '', ...args]: readonly string[],
  debian: string,
  more: Readonly<Record<string, string>> = {},
) {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, ...more },
  })
  if (error) throw new NotPrepared(`There is no ${program} to check with. Run: apt-get install ${debian}`)
  return { isContent: status === 0, out: stdout, said: `${stdout}${stderr}`.trim() }
}

const faultsOf = ({ isContent, said }: ReturnType<typeof ask>): readonly string[] =>
  isContent ? [] : said.split('\n')

/** nginx reads its file as a part of a whole configuration, with a certificate of the tests. */
export const nginxFaults = (): readonly string[] =>
  inFolder((folder) => {
    const certificate = join(root, 'server/test/mail/localhost.pem')
    const site = readFileSync(join(deploy, 'nginx.conf'), 'utf8').replaceAll(
      /\/etc\/ssl\/[^;]+/g,
      certificate,
    )
    const file = join(folder, 'nginx.conf')
    writeFileSync(
      file,
      `pid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${site}\n}\n`,
    )
    return faultsOf(ask(['nginx', '-t', '-q', '-e', 'stderr', '-c', file], 'nginx-light'))
  })

export const caddyFaults = (): readonly string[] => {
  const file = join(deploy, 'Caddyfile')
  const caddy = ['caddy', 'validate', '--adapter', 'caddyfile', '--config', file]
  return inFolder((folder) =>
    faultsOf(ask(caddy, 'caddy', { HOST_NAME: 'localhost', XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder })),
  )
}

export const alertFaults = (): readonly string[] =>
  faultsOf(ask(['promtool', 'check', 'rules', join(deploy, 'alerts.yaml')], 'prometheus'))

/** systemd reads the unit with a program that is on this machine. */
export const unitFaults = (): readonly string[] =>
  inFolder((folder) => {
    const file = join(folder, 'stagedoor.service')
    const unit = readFileSync(join(deploy, 'stagedoor.service'), 'utf8')
    writeFileSync(file, unit.replace('ExecStart=/usr/bin/node ', `ExecStart=${process.execPath} `))
    const { said } = ask(['systemd-analyze', 'verify', '--man=no', file], 'systemd')
    // It also says what is the matter with other units of the machine.
    return said.split('\n').filter((line) => line.includes('stagedoor'))
  })

/**
 * What is wrong with a chart: its templates become what Kubernetes gets by Go's engine, with the functions that Helm adds.
 * @param values what stands before the chart's own, as YAML
 */
export const chartFaults = (values: string): readonly string[] =>
  inFolder((folder) => {
    const go = '/usr/lib/go-1.19/bin/go'
    const source = join(root, 'scripts/deployment/render.go')
    const chart = join(deploy, 'helm/stagedoor')
    const settings = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: folder, CGO_ENABLED: '0' }
    const debian = '--no-install-recommends golang-1.19-go golang-gopkg-yaml.v3-dev'
    const answer = ask([go, 'run', source, chart, 'login', values], debian, settings)
    return answer.isContent ? kubernetesFaults(answer.out) : faultsOf(answer)
  })
