import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { sentBack, versionOf } from './harness.ts'
import { apiKey, server, works } from './world.ts'

/** A login on the command line of a runtime, by a person without script. */
async function toolLogin(command: string, args: readonly string[]): Promise<string> {
  const APP = JSON.stringify({ apiKey, redirectUri: 'http://127.0.0.1/callback', apiEndpoint: server.url })
  const child = spawn(command, [...args, join(import.meta.dirname, 'apps/tool.mjs')], {
    cwd: import.meta.dirname,
    env: { ...process.env, APP, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  const exit = once(child, 'exit')
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('http')) await fetch(await sentBack(server.url, line))
    else said += line
  }
  const [code] = await exit
  return `${code}: ${said}`
}

const bin = (name: string) => join(import.meta.dirname, 'node_modules/.bin', name)

test.each([
  ['Deno', 'deno', ['run', '--allow-all', '--node-modules-dir=manual', '--no-lock']],
  ['Bun', 'bun', ['run']],
] as const)('%s logs in on its command line', async (name, command, args) => {
  expect(await toolLogin(bin(command), args)).toBe('0: Hello nova')
  works(name, versionOf(command), 'a login on the command line, a call, a logout')
})
