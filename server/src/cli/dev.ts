import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { type Machine, type Running, type Samples, start } from '../server.ts'
import { openServerStore } from '../store/open.ts'
import { readArguments } from './arguments.ts'
import { loadAhead } from './load-ahead.ts'
import { warnOfMisspelt } from './misspelt.ts'
import { runUntilEnd } from './run-until-end.ts'
import { type Sample, sampleApp, sampleUsers, seed } from './samples.ts'
import type { Terminal } from './terminal.ts'

export const devHelp = `stagedoor dev

Starts a server to develop against, with a sample app and sample accounts. Any loopback redirect URI is accepted for
the sample app.

  --port PORT        where to listen (4400)
  --public-url URL   the origin under which it is reached (http://localhost:PORT)
  --data-dir DIR     the folder that keeps its data (.stagedoor)
  --ephemeral        keep its data in memory, whatever DATA_DIR, DATABASE_URL and MEDIA_URL say
  --confirm-email    have new accounts confirm their email by the link that is sent, as in an installation
  --json             print one line of JSON when it is ready

Every setting of stagedoor serve works here too; what is passed above goes before PORT, PUBLIC_URL and DATA_DIR, and
API_PLAN is unlimited unless it is set. Mail is kept in memory and shown at /dev/outbox, unless SMTP_URL and
MAIL_FROM are set; the email of a new account counts as confirmed at once. Accounts, apps, mail, logins, the clock and
faults to try an app with are at /emulator.`

const options = {
  port: { type: 'string' },
  'public-url': { type: 'string' },
  'data-dir': { type: 'string' },
  ephemeral: { type: 'boolean' },
  'confirm-email': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** What would keep data: a test that runs where another program's DATABASE_URL is set must not write into that. */
const inMemory = { DATA_DIR: undefined, DATABASE_URL: undefined, MEDIA_URL: undefined }

/** `stagedoor dev`: runs until the process is asked to end. */
export async function dev(args: readonly string[], terminal: Terminal): Promise<void> {
  const { stopped } = terminal
  const { values } = readArguments(args, options)
  const confirmsByLink = values['confirm-email'] ?? false
  const { settings } = terminal
  const config = readConfig(
    {
      HOST: 'localhost',
      LOG_LEVEL: 'warn',
      ...settings,
      PORT: values.port || settings['PORT'],
      PUBLIC_URL: values['public-url'] || settings['PUBLIC_URL'],
      DATA_DIR: values['data-dir'] || settings['DATA_DIR'] || '.stagedoor',
      ...(values.ephemeral ? inMemory : {}),
    },
    'development',
  )
  const machine = terminal.machine(config.logLevel)
  warnOfMisspelt(settings, machine.log)
  for (let isFirst = true; ; isFirst = false) {
    const asked = Promise.withResolvers<'reset'>()
    // A database elsewhere may hold more than what was made here.
    const reset = config.database === null ? () => asked.resolve('reset') : undefined
    const { running, users } = await begin(config, machine, { confirmsByLink, reset })
    if (isFirst) terminal.out(values.json ? JSON.stringify(facts(config, users)) : greeting(config))
    const end = await Promise.race([stopped, asked.promise])
    if (end !== 'reset') return runUntilEnd(running, Promise.resolve(end))
    await running.stop()
    if (config.dataDir !== null) await emptyDataFolder(config.dataDir)
  }
}

async function begin(
  config: Config,
  machine: Machine,
  how: Pick<Samples, 'confirmsByLink' | 'reset'>,
): Promise<{ readonly running: Running; readonly users: readonly Sample[] }> {
  const store = await openServerStore(config, machine.log)
  const users = await seed({ store, brand: config.brand, ...machine }).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  const samples = { apiKey: sampleApp.apiKey, handles: sampleUsers.map((user) => user.handle), ...how }
  const running = await start(config, store, machine, samples)
  loadAhead(running, machine.log)
  return { running, users }
}

/** Removes what a server has put into its folder, and nothing else that lies there. */
async function emptyDataFolder(folder: string): Promise<void> {
  const own = (await readdir(folder)).filter((name) =>
    /^(?:stagedoor\.db(?:-\w+)?|content|uploads)$/.test(name),
  )
  for (const name of own) await rm(join(folder, name), { recursive: true })
}

function facts(config: Config, users: readonly Sample[]) {
  const { apiKey, name: appName, redirectUris } = sampleApp
  const emulator = `${config.publicUrl}/emulator`
  return { url: config.publicUrl, apiKey, appName, redirectUris, users, emulator }
}

function greeting(config: Config): string {
  const accounts = sampleUsers.map(
    ({ handle, email, password, kind }) =>
      `    ${handle.padEnd(8)}${email.padEnd(20)}${password.padEnd(22)}${kind}`,
  )
  return `
  Log in with ${config.brand}, for development
  Server    ${config.publicUrl}
  API key   ${sampleApp.apiKey}
  Mail      ${config.smtp === null ? `${config.publicUrl}/dev/outbox` : 'sent by SMTP'}
  Emulator  ${config.publicUrl}/emulator
  Accounts
${accounts.join('\n')}
`
}
