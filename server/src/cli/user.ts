import { randomBytes } from 'node:crypto'
import { hashPassword } from '../accounts/password.ts'
import { passwordProblem } from '../accounts/password-rules.ts'
import { signUp } from '../accounts/sign-up.ts'
import { commonPasswords } from '../server.ts'
import type { Store, User } from '../store/contract/store.ts'
import { readArguments } from './arguments.ts'
import { brandOf, dataHelp, dataOptions, placeOf, userOf, withOperator, withStore } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const userHelp = `stagedoor user create --handle HANDLE --name NAME --email EMAIL [--password-stdin] [--verified]
stagedoor user verify HANDLE
stagedoor user confirm-email HANDLE
stagedoor user disable HANDLE
stagedoor user enable HANDLE
stagedoor user set-password HANDLE [--password-stdin]
stagedoor user delete HANDLE
stagedoor user find TEXT
stagedoor user list

Works on the accounts of an installation, which may be serving meanwhile. Without --password-stdin, create and set-password
make a password and print it once. The email that create names counts as confirmed; so does, after confirm-email, the one that
an account has named: do so when you know whose it is. Disabling an account ends its sessions and every app's access at once. So
does setting its password, which also removes its passkeys: nobody stays in but by the new password. Deleting one also deletes
its tracks and apps; its handle stays taken. find looks for a text in handles, names and emails.

${dataHelp}`

const passwordOptions = { ...dataOptions, 'password-stdin': { type: 'boolean' } } as const

const createOptions = {
  ...dataOptions,
  handle: { type: 'string' },
  name: { type: 'string' },
  email: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  verified: { type: 'boolean' },
} as const

/** `stagedoor user create|verify|confirm-email|disable|list` */
export async function user([verb, ...args]: readonly string[], terminal: Terminal): Promise<void> {
  if (verb === 'create') return create(args, terminal)
  if (verb === 'list') return list(args, terminal)
  if (verb === 'confirm-email') return confirmEmail(args, terminal)
  if (verb === 'find') return find(args, terminal)
  if (verb === 'set-password') return setPassword(args, terminal)
  if (verb === 'delete') return remove(args, terminal)
  if (verb === 'verify' || verb === 'disable' || verb === 'enable') return change(verb, args, terminal)
  throw new CommandError(
    'Say what to do: stagedoor user create, verify, confirm-email, disable, enable, set-password, delete, find or list.',
  )
}

async function create(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, createOptions)
  const { handle, name, email } = values
  if (!handle || !name || !email) throw new CommandError('--handle, --name and --email are all needed.')
  const given = values['password-stdin'] ? (await terminal.readInput()).replace(/\r?\n$/, '') : undefined
  const password = given ?? randomBytes(12).toString('base64url')
  const isVerified = values.verified ?? false
  const standing = { isVerified, profilePicture: null, emailClaim: 'confirmed' } as const
  const deps = { brand: brandOf(terminal), clock: Date.now, commonPasswords }
  const result = await withOperator(placeOf(values['data-dir'], terminal, true), (store) =>
    signUp({ handle, name, email, password }, standing, { ...deps, store }),
  )
  if ('errors' in result) throw new CommandError(Object.values(result.errors).join('\n'))
  const made = given === undefined ? { password } : {}
  if (values.json) return terminal.out(JSON.stringify({ ...facts(result.user), ...made }))
  terminal.out(`Created ${line(result.user)}`)
  if (given === undefined) terminal.out(`Password: ${password}`)
}

async function change(
  verb: 'verify' | 'disable' | 'enable',
  args: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['HANDLE'])
  const handle = (positionals[0] ?? '').replace(/^@/, '')
  const found = await withOperator(placeOf(values['data-dir'], terminal), async (store) => {
    const now = Date.now()
    const done = {
      verify: () => store.verifyUser(handle, now),
      disable: () => store.disableUser(handle, now),
      enable: () => store.enableUser(handle, now),
    }[verb]()
    return (await done) ? store.findUserByHandle(handle) : undefined
  })
  if (found === undefined) throw new CommandError(`There is no account @${handle}.`)
  terminal.out(values.json ? JSON.stringify(facts(found)) : line(found))
}

async function confirmEmail(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['HANDLE'])
  const handle = (positionals[0] ?? '').replace(/^@/, '')
  const { outcome, user } = await withOperator(placeOf(values['data-dir'], terminal), async (store) => ({
    outcome: await store.confirmEmail(handle, Date.now()),
    user: await store.findUserByHandle(handle),
  }))
  if (outcome === 'taken')
    throw new CommandError(`Another account has confirmed ${user?.email}. Ask @${handle} for another email.`)
  if (outcome === 'unknown' || user === undefined)
    throw new CommandError(`There is no account @${handle}, or it is disabled.`)
  terminal.out(values.json ? JSON.stringify(facts(user)) : line(user))
}

async function setPassword(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, passwordOptions, ['HANDLE'])
  const given = values['password-stdin'] ? (await terminal.readInput()).replace(/\r?\n$/, '') : undefined
  const password = given ?? randomBytes(12).toString('base64url')
  const brand = brandOf(terminal)
  const found = await onAccount(positionals[0], values, terminal, async ({ handle, name, email }, store) => {
    const problem = passwordProblem(password, { handle, name, email, brand }, commonPasswords)
    if (problem !== undefined) throw new CommandError(problem)
    return store.setPassword(handle, await hashPassword(password), Date.now())
  })
  const made = given === undefined ? { password } : {}
  if (values.json) return terminal.out(JSON.stringify({ ...facts(found), ...made }))
  terminal.out(`Set the password of ${line(found)}`)
  if (given === undefined) terminal.out(`Password: ${password}`)
}

async function remove(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['HANDLE'])
  const deadHash = await hashPassword(randomBytes(32).toString('base64url'))
  const { id, handle } = await onAccount(positionals[0], values, terminal, ({ handle }, store) =>
    store.removeUser(handle, deadHash, Date.now()),
  )
  terminal.out(values.json ? JSON.stringify({ userId: id, handle, deleted: true }) : `Deleted @${handle}`)
}

async function onAccount(
  typed: string | undefined,
  options: { readonly 'data-dir'?: string | undefined },
  terminal: Terminal,
  work: (user: User, store: Store) => Promise<boolean>,
): Promise<User> {
  return withOperator(placeOf(options['data-dir'], terminal), async (store) => {
    const user = await userOf(typed ?? '', store)
    if (!(await work(user, store))) throw new CommandError(`The account @${user.handle} was deleted.`)
    return user
  })
}

async function find(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['TEXT'])
  const text = (positionals[0] ?? '').replace(/^@/, '')
  const users = await withStore(placeOf(values['data-dir'], terminal), (store) => store.findUsers(text))
  if (values.json) return terminal.out(JSON.stringify(users.map(facts)))
  if (users.length === 0) terminal.out(`Nothing of an account holds ${JSON.stringify(text)}.`)
  for (const user of users) terminal.out(line(user))
}

async function list(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, dataOptions)
  const users = await withStore(placeOf(values['data-dir'], terminal), (store) => store.listUsers())
  if (values.json) return terminal.out(JSON.stringify(users.map(facts)))
  for (const user of users) terminal.out(line(user))
}

const facts = (user: User) => ({
  userId: user.id,
  handle: user.handle,
  name: user.name,
  email: user.email,
  emailConfirmed: user.emailStatus === 'confirmed',
  verified: user.isVerified,
  disabled: user.disabledAt !== null,
})

// A deleted account has no name.
const line = (user: User): string =>
  user.name === ''
    ? `@${user.handle}  deleted`
    : `@${user.handle}  ${user.name} <${user.email}>${user.emailStatus === 'confirmed' ? '' : ' (not confirmed)'}${user.isVerified ? '  verified' : ''}${user.disabledAt === null ? '' : '  disabled'}`
