import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ownServer } from './server.mjs'
import { templates } from './templates.mjs'
import { obstacleIn, writeApp } from './write-app.mjs'

const list = Object.entries(templates).map(([name, { what }]) => `  ${name.padEnd(12)}${what}`)

const help = `npx --yes SERVER/create.tgz FOLDER [--template NAME]

Writes an app that logs in with Audius into a new folder.

${list.join('\n')}

  --template NAME   which of them (vanilla)
  --api-key KEY     your app's key; against a server in development the sample app's is taken
  --server URL      another server than the one that this comes from`

const options = {
  template: { type: 'string', default: 'vanilla' },
  'api-key': { type: 'string' },
  server: { type: 'string' },
  help: { type: 'boolean' },
}

/**
 * The command: answers its exit code.
 *
 * @param {readonly string[]} args What follows the command's name.
 * @param {(line: string) => void} out Says something to the person.
 */
export async function run(args, out) {
  const refuse = (line) => {
    out(line)
    return 1
  }
  let parsed
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    return refuse(`${error.message}\n\n${help}`)
  }
  const { values, positionals } = parsed
  if (values.help) {
    out(help)
    return 0
  }
  const [folder] = positionals
  if (!folder || positionals.length > 1) return refuse(help)
  const template = Object.hasOwn(templates, values.template) ? templates[values.template] : undefined
  if (!template) return refuse(`There is no template ${values.template}. There are:\n${list.join('\n')}`)

  const own = ownServer()
  const server = originOf(values.server ?? own.url)
  if (!server) return refuse('Say which server the app logs in at: --server https://login.example.com')
  const apiKey = values['api-key'] ?? (server === own.url ? own.apiKey : null)
  if (!apiKey)
    return refuse(
      `Make an app at ${server}/developers, with the redirect URI ${template.redirectUri}, and pass its key: --api-key KEY`,
    )
  if (!/^(?:0x)?[0-9a-f]{40}$/i.test(apiKey)) return refuse('An API key is 40 hex digits.')

  const name = basename(resolve(folder))
  const filling = {
    NAME: name,
    PACKAGE:
      name
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'app',
    API_KEY: apiKey,
    SERVER: server,
    BRAND: own.brand,
    REDIRECT_URI: template.redirectUri,
  }
  try {
    const obstacle = obstacleIn(folder)
    if (obstacle !== undefined) return refuse(`${folder} ${obstacle}. Name a new folder.`)
    writeApp(folder, values.template, filling)
  } catch (error) {
    return refuse(`${folder} cannot be written to (${error.message}). Name another folder.`)
  }
  out(`${folder} logs in at ${server}. Now:\n\n  cd ${inShell(folder)}\n  npm install\n  ${template.start}\n`)
  if (values.template === 'expo' && /localhost|127\.0\.0\.1/.test(server))
    out(
      'A phone knows no localhost but itself. Start the server as\n' +
        '  HOST=0.0.0.0 npx stagedoor dev --public-url http://YOUR-COMPUTER:4400\n' +
        'with the address of this computer, and write the same into audius.js.\n',
    )
  if (own.apiKey !== apiKey) out(`Register the redirect URI of the app: ${template.redirectUri}\n`)
  return 0
}

/** A path as a shell takes it for one word, and for no option. */
function inShell(path) {
  // A shell takes ~name for somebody's home.
  const named = /^[-~]/.test(path) ? `./${path}` : path
  if (/^[\p{L}\p{N}_./~@%+=:,-]+$/u.test(named)) return named
  return /["$`\\!]/.test(named) ? `'${named.replaceAll("'", "'\\''")}'` : `"${named}"`
}

/** The origin of a URL; null where it has none. */
function originOf(url) {
  try {
    const { protocol, origin } = new URL(url)
    return /^https?:$/.test(protocol) ? origin : null
  } catch {
    return null
  }
}
