import { randomBytes } from 'node:crypto'
import { problemOf, registerApp, registerRedirectUri } from '../apps/register.ts'
import type { App } from '../store/contract/store.ts'
import { readArguments } from './arguments.ts'
import { brandOf, dataHelp, dataOptions, keyOf, placeOf, userOf, withOperator, withStore } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const appHelp = `stagedoor app create --name NAME [--redirect-uri URI ...] [--owner HANDLE]
stagedoor app list
stagedoor app add-redirect API_KEY URI
stagedoor app remove-redirect API_KEY URI
stagedoor app id-tokens API_KEY ES256|RS256
stagedoor app suspend API_KEY
stagedoor app resume API_KEY
stagedoor app delete API_KEY

Works on the apps of an installation, which may be serving meanwhile. Suspending or deleting an app ends its access at
once; nobody can log in to a suspended one until it is resumed.

${dataHelp}`

const createOptions = {
  ...dataOptions,
  name: { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  owner: { type: 'string' },
} as const

/** `stagedoor app create|list|add-redirect|remove-redirect|delete` */
export async function app([verb, ...args]: readonly string[], terminal: Terminal): Promise<void> {
  if (verb === 'create') return create(args, terminal)
  if (verb === 'list') return list(args, terminal)
  if (verb === 'add-redirect' || verb === 'remove-redirect') return changeRedirect(verb, args, terminal)
  if (verb === 'id-tokens') return setIdTokens(args, terminal)
  if (verb === 'suspend' || verb === 'resume') return suspend(verb, args, terminal)
  if (verb === 'delete') return remove(args, terminal)
  throw new CommandError(
    'Say what to do: stagedoor app create, list, add-redirect, remove-redirect, id-tokens, suspend, resume or delete.',
  )
}

async function create(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, createOptions)
  const { name, owner } = values
  if (!name) throw new CommandError('--name is missing.')
  const redirectUris = values['redirect-uri'] ?? []
  const created = await withOperator(placeOf(values['data-dir'], terminal, true), async (store) => {
    const ownerId = owner === undefined ? null : (await userOf(owner, store)).id
    const deps = { store, brand: brandOf(terminal), clock: Date.now, random: randomBytes }
    return registerApp({ name, redirectUris, ownerId }, deps)
  })
  if ('faults' in created) throw new CommandError(problemOf(created.faults))
  show(created.app, values.json, terminal)
}

async function list(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, dataOptions)
  const apps = await withStore(placeOf(values['data-dir'], terminal), (store) => store.listApps())
  if (values.json) return terminal.out(JSON.stringify(apps.map(facts)))
  for (const app of apps) show(app, false, terminal)
}

async function changeRedirect(
  verb: 'add-redirect' | 'remove-redirect',
  args: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['API_KEY', 'URI'])
  const [apiKey, uri = ''] = [keyOf(positionals[0]), positionals[1]]
  const changed = await withOperator(placeOf(values['data-dir'], terminal), async (store) => {
    const problem =
      verb === 'add-redirect'
        ? await registerRedirectUri(apiKey, uri, { store, clock: Date.now })
        : (await store.removeRedirectUri(apiKey, uri, Date.now()))
          ? undefined
          : 'This app has no such redirect URI.'
    if (problem !== undefined) throw new CommandError(problem)
    return store.findApp(apiKey)
  })
  if (changed !== undefined) show(changed, values.json, terminal)
}

async function setIdTokens(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['API_KEY', 'ALGORITHM'])
  const [apiKey, algorithm] = [keyOf(positionals[0]), positionals[1]]
  if (algorithm !== 'ES256' && algorithm !== 'RS256')
    throw new CommandError('ALGORITHM must be ES256 or RS256.')
  const isSet = await withOperator(placeOf(values['data-dir'], terminal), (store) =>
    store.setIdTokenAlgorithm(apiKey, null, algorithm),
  )
  if (!isSet) throw new CommandError('There is no app with this API key.')
  terminal.out(
    values.json ? JSON.stringify({ apiKey, algorithm }) : `ID tokens of ${apiKey} are signed by ${algorithm}`,
  )
}

async function suspend(
  verb: 'suspend' | 'resume',
  args: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['API_KEY'])
  const apiKey = keyOf(positionals[0])
  await withOperator(placeOf(values['data-dir'], terminal), async (store) => {
    if ((await store.findApp(apiKey)) === undefined)
      throw new CommandError('There is no app with this API key.')
    // What is so already stays so.
    await (verb === 'suspend' ? store.suspendApp(apiKey, Date.now()) : store.resumeApp(apiKey, Date.now()))
  })
  const words = verb === 'suspend' ? 'Suspended' : 'Resumed'
  terminal.out(values.json ? JSON.stringify({ apiKey, suspended: verb === 'suspend' }) : `${words} ${apiKey}`)
}

async function remove(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['API_KEY'])
  const apiKey = keyOf(positionals[0])
  const isDeleted = await withOperator(placeOf(values['data-dir'], terminal), (store) =>
    store.deleteApp(apiKey, Date.now()),
  )
  if (!isDeleted) throw new CommandError('There is no app with this API key.')
  terminal.out(values.json ? JSON.stringify({ apiKey, deleted: true }) : `Deleted ${apiKey}`)
}

const facts = ({ apiKey, name, redirectUris, suspendedAt }: App) => ({
  ...{ apiKey, name, redirectUris },
  ...(suspendedAt !== null && { suspended: true }),
})

function show(app: App, asJson: boolean | undefined, terminal: Terminal): void {
  const { apiKey, name, redirectUris, suspendedAt } = app
  const lines = [
    `${apiKey}  ${name}${suspendedAt === null ? '' : '  suspended'}`,
    ...redirectUris.map((uri) => `  ${uri}`),
  ]
  terminal.out(asJson ? JSON.stringify(facts(app)) : lines.join('\n'))
}
