import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allow } from '../harness/people.ts'
import { readAsOwner, type Walk } from './newcomer.ts'

/** Three requests by hand, and calls of the API with what they answer. */
export const byRequests: Walk = async ({ reader, terminal, newcomer }) => {
  const redirectUri = 'http://localhost:3000/callback'
  const page = await readAsOwner('By hand', redirectUri, reader, newcomer)
  const verifier = `verifier-${randomBytes(32).toString('hex')}`
  const state = randomBytes(16).toString('hex')
  const filled = (text: string, more: Readonly<Record<string, string>> = {}) =>
    Object.entries({
      THE_VERIFIER: verifier,
      THE_CHALLENGE: createHash('sha256').update(verifier).digest('base64url'),
      A_RANDOM_TEXT_OF_YOURS: state,
      ...more,
    }).reduce((words, [name, value]) => words.replaceAll(name, value), text)

  const address = filled((await reader.copy('response_type=code')).replaceAll(/\s+/g, ''))
  await page.goto(address)
  // Nothing listens there: what comes back stands in the address bar.
  const [back] = await Promise.all([page.waitForRequest(`${redirectUri}?*`), allow(page)])
  const answer = new URL(back.url()).searchParams
  if (answer.get('state') !== state) throw new Error(`${back.url()} has another state.`)

  const post = async (words: string, more: Readonly<Record<string, string>>) => {
    const printed = await terminal.paste(filled(await reader.copy(words), more)).done()
    const tokens: { access_token: string; refresh_token: string } = JSON.parse(
      printed.split('\n').find((line) => line.startsWith('{')) ?? '{}',
    )
    return tokens
  }
  const first = await post('authorization_code', { THE_CODE: answer.get('code') ?? '' })
  const shown = await terminal
    .paste(filled(await reader.copy('/v1/me'), { THE_ACCESS_TOKEN: first.access_token }))
    .done()
  expectWords(shown, newcomer.name)
  const second = await post('refresh_token=', { THE_REFRESH_TOKEN: first.refresh_token })

  await reader.turnTo('Calling the API')
  const calls = await terminal.paste(await reader.copy('/v1/tracks'), { TOKEN: second.access_token }).done()
  expectWords(calls, 'Nova Reyes')
  // A login that only reads may publish nothing, which the page says as well.
  expectWords(calls, 'insufficient_scope')
}

/** A program in Python, with a key of one's own. */
export const byPython: Walk = async ({ reader, terminal, newcomer }) => {
  const page = await readAsOwner('Python', 'http://127.0.0.1/callback', reader, newcomer)
  writeFileSync(join(terminal.folder, 'login.py'), await reader.copy('import base64'))
  const run = terminal.paste(await reader.copy(/^python3/))
  await page.goto(await run.until(/^Open (.*)/))
  await allow(page)
  await run.until(new RegExp(`^Hello ${newcomer.name}$`))
  await run.done()
}

/** The package by itself, as each page that names it has it installed. */
export const byPackage: Walk = async ({ reader, terminal }) => {
  const install = async (words: string, name: string) => {
    await terminal.paste(await reader.copy(words)).done()
    const program = `import { sdk } from '${name}'; console.log(typeof sdk)`
    writeFileSync(join(terminal.folder, 'program.mjs'), program)
    expectWords(await terminal.paste('node program.mjs').done(), 'function')
  }
  await install('npm install', '@stagedoor/sdk')
  await reader.turnTo('The SDK')
  await install('npm install', '@stagedoor/sdk')
  await reader.turnTo('Migrating from @audius/sdk')
  await install('npm i', '@audius/sdk')
}

function expectWords(text: string, words: string): void {
  if (!text.includes(words)) throw new Error(`There is no “${words}” in:\n${text}`)
}
