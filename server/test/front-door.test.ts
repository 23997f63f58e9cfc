import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** What tests of the wire ask the store for themselves, and why no request could: everything else comes in by the front door. */
const byTheStore: Readonly<Record<string, readonly string[]>> = {
  'An operator does it by a command.': [
    'confirmEmail',
    'disableUser',
    'enableUser',
    'listAudit',
    'removeUser',
    'suspendApp',
  ],
  'It is there before what is tried.': ['createApp', 'createUser'],
  'It comes with time, or with a fault.': ['addSigningKey', 'claimDelivery', 'close', 'recordUsage', 'sweep'],
  'It happens between a look and what is written: a request would be a second one that has to be timed.': [
    'addRedirectUri',
    'deleteApp',
    'deleteSession',
    'removeRedirectUri',
    'setPassword',
    'updateApp',
  ],
  'A refused request is to leave it as it was, and no answer tells all of it.': [
    'countCalls',
    'findApp',
    'findCredentials',
    'findLogoutUri',
    'findPasskey',
    'findPendingEmail',
    'findUserByHandle',
    'findWebhook',
    'listApps',
    'listAppsOf',
    'listAuthorizedApps',
    'listConnectedApps',
    'listFlowEvents',
    'listManagementTokens',
    'listPasskeys',
    'listPlaylists',
    'listSigningKeys',
  ],
}

test('tests of the wire ask the store for nothing that a request can do', () => {
  const folder = join(import.meta.dirname, 'wire')
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  const asked = texts.flatMap((text) =>
    [...text.matchAll(/(?:server|own|on|flooded|first|actor)\.store(?:\.as\(\w+\))?\s*\.(\w+)\(/g)].map(
      ([, verb = '']) => verb,
    ),
  )
  expect([...new Set(asked)].sort()).toEqual(Object.values(byTheStore).flat().sort())
})
