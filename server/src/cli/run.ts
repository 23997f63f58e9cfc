import { ConfigError, StartError } from '../config.ts'
import { DataFolderError, SchemaTooNew, StoreUnavailable } from '../store/contract/errors.ts'
import { CommandError, type Terminal } from './terminal.ts'

type Command = readonly [run: (args: readonly string[], terminal: Terminal) => Promise<void>, help: string]

// Only the one that is asked for is loaded.
const commands = new Map<string, () => Promise<Command>>([
  ['serve', () => import('./serve.ts').then((file) => [file.serve, file.serveHelp])],
  ['dev', () => import('./dev.ts').then((file) => [file.dev, file.devHelp])],
  ['doctor', () => import('./doctor.ts').then((file) => [file.doctor, file.doctorHelp])],
  ['user', () => import('./user.ts').then((file) => [file.user, file.userHelp])],
  ['app', () => import('./app.ts').then((file) => [file.app, file.appHelp])],
  ['audit', () => import('./audit.ts').then((file) => [file.audit, file.auditHelp])],
  ['logs', () => import('./logs.ts').then((file) => [file.logs, file.logsHelp])],
  ['revoke-all', () => import('./revoke-all.ts').then((file) => [file.revokeAll, file.revokeAllHelp])],
  ['keys', () => import('./keys.ts').then((file) => [file.keys, file.keysHelp])],
  ['backup', () => import('./backup.ts').then((file) => [file.backup, file.backupHelp])],
  ['restore', () => import('./restore.ts').then((file) => [file.restore, file.restoreHelp])],
  ['copy', () => import('./copy.ts').then((file) => [file.copy, file.copyHelp])],
  ['conform', () => import('./conform.ts').then((file) => [file.conform, file.conformHelp])],
  ['migrate', () => import('./upkeep.ts').then((file) => [file.migrate, file.migrateHelp])],
  ['purge', () => import('./upkeep.ts').then((file) => [file.purge, file.purgeHelp])],
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

Each of them explains itself with --help; --version says which this is.`

/**
 * Runs a command line.
 * @param complain writes a line to standard error
 * @returns the exit code: 0 done, 1 it could not be done, 2 there is no such command
 */
export async function run(
  [given, ...rest]: readonly string[],
  terminal: Terminal,
  complain: (line: string) => void,
): Promise<number> {
  // `help serve` is `serve --help`.
  const [name, ...args] = isHelp(given) && rest[0] !== undefined ? [rest[0], '--help'] : [given, ...rest]
  if (name === undefined || isHelp(name)) {
    terminal.out(help)
    return 0
  }
  if (['--version', '-v', '-V', 'version'].includes(name)) {
    terminal.out(terminal.version)
    return 0
  }
  const load = commands.get(name)
  if (load === undefined) {
    complain(`There is no command ${JSON.stringify(name)}.\n\n${help}`)
    return 2
  }
  try {
    const [command, itsHelp] = await load()
    if (args.some((arg) => arg === '--help' || arg === '-h')) terminal.out(itsHelp)
    else await command(args, terminal)
    return 0
  } catch (error) {
    const words = explained(error)
    complain(words ?? unexplained(error))
    return 1
  }
}

const isHelp = (name: string | undefined): boolean => ['--help', '-h', 'help'].includes(name ?? '')

function unexplained(error: unknown): string {
  const stack = error instanceof Error ? error.stack : String(error)
  return `This is a fault of stagedoor itself; please report it with these lines:\n${stack}`
}

// What an operator can act on; anything else is a bug and keeps its stack.
function explained(error: unknown): string | undefined {
  const isExpected = [CommandError, ConfigError, DataFolderError, SchemaTooNew, StartError].some(
    (kind) => error instanceof kind,
  )
  if (isExpected && error instanceof Error) return error.message
  if (error instanceof StoreUnavailable)
    return error.message.endsWith('.')
      ? error.message
      : `${error.message}. stagedoor doctor tries each setting.`
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === 'EADDRINUSE') return `${error.message}. Stop what listens there, or choose another port.`
  if (!('syscall' in error)) return undefined
  const isAddress = ['listen', 'bind', 'getaddrinfo'].includes(String(error.syscall))
  return isAddress
    ? `This address cannot be listened on (${error.message}). Set HOST and PORT to what this machine has and this user may use.`
    : `The operating system refused (${error.message}).`
}
