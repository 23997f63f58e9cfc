import { randomBytes } from 'node:crypto'
import { parseApiKey } from '../apps/api-key.ts'
import { problemOf, registerApp, registerRedirectUri } from '../apps/register.ts'
import type { App, Store } from '../store/contract/store.ts'
import { readArguments } from './arguments.ts'
import { brandOf, dataDirectory, dataHelp, dataOptions, withStore } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const appHelp = `stagedoor app create --name NAME [--redirect-uri URI ...] [--owner HANDLE]
stagedoor app list
stagedoor app add-redirect API_KEY URI
stagedoor app remove-redirect API_KEY URI
stagedoor app delete API_KEY

Works on the apps of an installation, which may be serving meanwhile. Deleting an app ends its access at once.

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
  if (verb === 'delete') return remove(args, terminal)
  throw new CommandError(
    'Say what to do: stagedoor app create, list, add-redirect, remove-redirect or delete.',
  )
}

async function create(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, createOptions)
  const { name, owner } = values
  if (!name) throw new CommandError('--name is missing.')
  const redirectUris = values['redirect-uri'] ?? []
  const created = await withStore(dataDirectory(values['data-dir'], terminal), async (store) => {
    const ownerId = owner === undefined ? null : await ownerOf(owner, store)
    const deps = { store, brand: brandOf(terminal), clock: Date.now, random: randomBytes }
    return registerApp({ name, redirectUris, ownerId }, deps)
  })
  if ('faults' in created) throw new CommandError(problemOf(created.faults))
  show(created.app, values.json, terminal)
}

async function ownerOf(handle: string, store: Store): Promise<number> {
  const user = await store.findUserByHandle(handle.replace(/^@/, ''))
  if (user === undefined) throw new CommandError(`There is no account @${handle.replace(/^@/, '')}.`)
  return user.id
}

async function list(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, dataOptions)
  const apps = await withStore(dataDirectory(values['data-dir'], terminal), (store) => store.listApps())
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
  const changed = await withStore(dataDirectory(values['data-dir'], terminal), async (store) => {
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

async function remove(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, dataOptions, ['API_KEY'])
  const apiKey = keyOf(positionals[0])
  const isDeleted = await withStore(dataDirectory(values['data-dir'], terminal), (store) =>
    store.deleteApp(apiKey, Date.now()),
  )
  if (!isDeleted) throw new CommandError('There is no app with this API key.')
  terminal.out(values.json ? JSON.stringify({ apiKey, deleted: true }) : `Deleted ${apiKey}`)
}

function keyOf(text: string | undefined): string {
  const apiKey = parseApiKey(text ?? '')
  if (apiKey === undefined) throw new CommandError('API_KEY must be 40 hex digits.')
  return apiKey
}

const facts = ({ apiKey, name, redirectUris }: App) => ({ apiKey, name, redirectUris })

function show(app: App, asJson: boolean | undefined, terminal: Terminal): void {
  const { apiKey, name, redirectUris } = facts(app)
  const lines = [`${apiKey}  ${name}`, ...redirectUris.map((uri) => `  ${uri}`)]
  terminal.out(asJson ? JSON.stringify(facts(app)) : lines.join('\n'))
}
