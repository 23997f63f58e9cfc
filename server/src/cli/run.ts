import { ConfigError } from '../config.ts'
import { StartError } from '../server.ts'
import { DataFolderError, SchemaTooNew, StoreUnavailable } from '../store/contract/errors.ts'
import { app, appHelp } from './app.ts'
import { audit, auditHelp } from './audit.ts'
import { backup, backupHelp } from './backup.ts'
import { conform, conformHelp } from './conform.ts'
import { copy, copyHelp } from './copy.ts'
import { dev, devHelp } from './dev.ts'
import { doctor, doctorHelp } from './doctor.ts'
import { keys, keysHelp } from './keys.ts'
import { logs, logsHelp } from './logs.ts'
import { restore, restoreHelp } from './restore.ts'
import { revokeAll, revokeAllHelp } from './revoke-all.ts'
import { serve, serveHelp } from './serve.ts'
import { CommandError, type Terminal } from './terminal.ts'
import { migrate, migrateHelp, purge, purgeHelp } from './upkeep.ts'
import { user, userHelp } from './user.ts'

type Command = (args: readonly string[], terminal: Terminal) => Promise<void>

const commands = new Map<string, { readonly run: Command; readonly help: string }>([
  ['serve', { run: serve, help: serveHelp }],
  ['dev', { run: dev, help: devHelp }],
  ['doctor', { run: doctor, help: doctorHelp }],
  ['user', { run: user, help: userHelp }],
  ['app', { run: app, help: appHelp }],
  ['audit', { run: audit, help: auditHelp }],
  ['logs', { run: logs, help: logsHelp }],
  ['revoke-all', { run: revokeAll, help: revokeAllHelp }],
  ['keys', { run: keys, help: keysHelp }],
  ['backup', { run: backup, help: backupHelp }],
  ['restore', { run: restore, help: restoreHelp }],
  ['copy', { run: copy, help: copyHelp }],
  ['conform', { run: conform, help: conformHelp }],
  ['migrate', { run: migrate, help: migrateHelp }],
  ['purge', { run: purge, help: purgeHelp }],
])

const help = `stagedoor, the server of "Log in with ..."

  stagedoor dev          start a server to develop against, with samples
  stagedoor serve        start the server of an installation
  stagedoor doctor       try every setting of an installation, and say what to do
  stagedoor user         create, find, change, disable and delete accounts
  stagedoor app          create, list, suspend and delete apps, and change their redirect URIs
  stagedoor revoke-all   end the access of an account, of an app, or from before a date
  stagedoor audit        show what was done, by whom and from where
  stagedoor logs         show what the logins of an app came to
  stagedoor keys         list and rotate the keys that sign ID tokens
  stagedoor backup       copy everything of an installation
  stagedoor restore      bring a backup back
  stagedoor copy         move the database into PostgreSQL, files into a bucket, or back
  stagedoor conform      check a server by what OAuth and OpenID Connect ask of it
  stagedoor migrate      bring the database to this version's schema
  stagedoor purge        delete what has expired

Each of them explains itself with --help.`

/**
 * Runs a command line.
 * @param complain writes a line to standard error
 * @returns the exit code: 0 done, 1 it could not be done, 2 there is no such command
 */
export async function run(
  [name, ...args]: readonly string[],
  terminal: Terminal,
  complain: (line: string) => void,
): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    terminal.out(help)
    return 0
  }
  const command = commands.get(name)
  if (command === undefined) {
    complain(`There is no command ${JSON.stringify(name)}.\n\n${help}`)
    return 2
  }
  if (args.includes('--help')) {
    terminal.out(command.help)
    return 0
  }
  try {
    await command.run(args, terminal)
    return 0
  } catch (error) {
    const words = explained(error)
    complain(words ?? unexplained(error))
    return 1
  }
}

function unexplained(error: unknown): string {
  const stack = error instanceof Error ? error.stack : String(error)
  return `This is a fault of stagedoor itself; please report it with these lines:\n${stack}`
}

// What an operator can act on; anything else is a bug and keeps its stack.
function explained(error: unknown): string | undefined {
  const isExpected = [
    CommandError,
    ConfigError,
    DataFolderError,
    SchemaTooNew,
    StartError,
    StoreUnavailable,
  ].some((kind) => error instanceof kind)
  if (isExpected && error instanceof Error) return error.message
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === 'EADDRINUSE') return `${error.message}. Stop what listens there, or choose another port.`
  if (!('syscall' in error)) return undefined
  const isAddress = ['listen', 'bind', 'getaddrinfo'].includes(String(error.syscall))
  return isAddress
    ? `This address cannot be listened on (${error.message}). Set HOST and PORT to what this machine has and this user may use.`
    : `The operating system refused (${error.message}).`
}
