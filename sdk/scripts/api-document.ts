import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { freePort } from '@stagedoor/testkit/ports'

/** What the server's document of OpenAPI says of a value. */
export interface Schema {
  readonly title?: string
  readonly description?: string
  readonly type?: string
  readonly const?: string | number | boolean
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } }
}

/** The part of the document that the SDK is made from. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const server = new URL('../../server/bin/stagedoor.mjs', import.meta.url).pathname

/** Asks the built server for its document of OpenAPI. */
export async function apiDocument(): Promise<ApiDocument> {
  const options = ['dev', '--json', '--ephemeral', '--port', String(await freePort())]
  const child = spawn(process.execPath, [server, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  try {
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exit])
    if (typeof line !== 'string') throw new Error('The server did not start: run npm run build.')
    const { url } = JSON.parse(line)
    return await (await fetch(`${url}/v1/openapi.json`)).json()
  } finally {
    child.kill('SIGTERM')
    await exit
  }
}
