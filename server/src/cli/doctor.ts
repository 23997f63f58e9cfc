import { ConfigError, readConfig } from '../config.ts'
import { readArguments } from './arguments.ts'
import { checks, descriptorsFinding, workersFinding } from './doctor-checks.ts'
import type { Finding } from './doctor-finding.ts'
import { meantBy } from './misspelt.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const doctorHelp = `stagedoor doctor

Tries what an installation is set to, for real: the settings and their names, the data folder and its disk, the database, the
object store, mail, ffmpeg, and the server's own address as browsers reach it: its certificate and clock, whether http leads to https, and
whether the proxy says who asks. It reads the same environment as stagedoor serve and may run while that serves; like every command it brings the database to this version's
schema, and changes nothing else. It ends with 1 when something is wrong.

  --json    print one line of JSON: { "findings": [{ "name", "status": "right" | "look" | "wrong", "words" }] }`

type Named = Finding & { readonly name: string }

const marks = { right: 'ok   ', look: 'look ', wrong: 'WRONG' } as const

/** `stagedoor doctor` @throws CommandError when something is wrong */
export async function doctor(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, { json: { type: 'boolean' } })
  const findings: Named[] = []
  const add = (name: string, finding: Finding) => {
    findings.push({ name, ...finding })
    if (!values.json) terminal.out(`${marks[finding.status]}  ${name}: ${finding.words}`)
  }
  for (const name of Object.keys(terminal.settings)) {
    const meant = meantBy(name)
    if (meant !== undefined)
      add('settings', { status: 'look', words: `${name} is no setting. Perhaps ${meant} is meant.` })
  }
  try {
    const config = readConfig(terminal.settings)
    add('settings', { status: 'right', words: 'All that is needed is set, and can be read.' })
    add('open files', descriptorsFinding(terminal.machine('silent').descriptors))
    add('workers', workersFinding(config, terminal.processes.available))
    for (const [name, check] of checks) add(name, await check(config))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const words of error.message.split('\n')) add('settings', { status: 'wrong', words })
  }
  if (values.json) terminal.out(JSON.stringify({ findings }))
  const wrong = findings.filter(({ status }) => status === 'wrong').length
  if (wrong > 0) throw new CommandError(`${wrong} of ${findings.length} are wrong.`)
}
