import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileServer } from '@stagedoor/testkit/server'
import { Browser, formTo, nova } from '@stagedoor/testkit/wire-browser'
import * as oauth from 'oauth4webapi'
import { expect } from 'vitest'

/** What a client knows: the server's address, its id, and where people come back to. */
export const server = await fileServer()
export const redirectUri = 'http://localhost:3000/cb'
export const apiKey = await server.register(
  'Foreign client',
  redirectUri,
  'http://localhost:3000/auth/callback/stagedoor',
  'http://localhost:3000/api/auth/callback/stagedoor',
  'http://localhost:3000/connect/stagedoor/callback',
)
/** Rows of the table: a client, its version, and what had to be configured. */
export const rows = []

/** A person without script goes where the client sends them, signs in, allows it with their email; answers where they come back to. */
export async function sentBack(address) {
  const url = new URL(address)
  const person = new Browser(server.url)
  const shown = await person.signIn(await person.open(url.pathname + url.search), nova)
  if (shown.leftFor !== null) return new URL(shown.leftFor)
  const form = formTo(shown, '/consent')
  return new URL((await person.submit(form, { share_email: 'yes' })).leftFor ?? '')
}

export async function expectNova(token) {
  const response = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(await response.json()).toMatchObject({ preferred_username: 'nova', sub: expect.any(String) })
}

export async function expectEnded(token) {
  const response = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(401)
}

const packages = new URL('node_modules/', import.meta.url)

export function works(folder, configured) {
  const { name, version } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, packages), 'utf8'))
  rows.push(`| \`${name}\` | ${version} | ${configured} |`)
}

export const newVerifier = () => `verifier-${oauth.generateRandomCodeVerifier()}`
export const challengeOf = (verifier) => createHash('sha256').update(verifier).digest('base64url')
