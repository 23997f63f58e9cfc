import { randomBytes } from 'node:crypto'
import { installationSecret } from '../crypto/installation-secret.ts'
import { makeSigningKey } from '../crypto/signing-key.ts'
import { inWords, signingKeys } from '../limits.ts'
import type { SigningKey, Store } from '../store/contract/store.ts'
import type { Place } from '../store/open.ts'
import { readArguments } from './arguments.ts'
import { dataHelp, dataOptions, placeOf, withStore } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const keysHelp = `stagedoor keys list
stagedoor keys rotate [--now]

The keys by which ID tokens are signed, in an installation that may be serving meanwhile. A server makes another by itself every
${inWords(signingKeys.renewedAfter)}.

  rotate        make another of each kind: it is published at once, and signs from ${inWords(signingKeys.publishedBefore)} later on
  --now         end all there are at once as well, for when one may be known to others: ID tokens signed by them are
                worth nothing from then on, and people stay logged in

${dataHelp}`

const options = { ...dataOptions, now: { type: 'boolean' } } as const

/** `stagedoor keys` */
export async function keys([action, ...args]: readonly string[], terminal: Terminal): Promise<void> {
  if (action !== 'list' && action !== 'rotate')
    throw new CommandError('Say what to do: stagedoor keys list, or stagedoor keys rotate.')
  const { values } = readArguments(args, options)
  const place = placeOf(values['data-dir'], terminal)
  const found = await withStore(place, (store) =>
    action === 'list' ? store.listSigningKeys() : rotate(place, values.now === true, store, terminal),
  )
  for (const key of found) terminal.out(values.json ? JSON.stringify(facts(key)) : lineOf(key))
  if (found.length === 0 && !values.json) terminal.out('There are no keys yet. The first ID token makes one.')
}

async function rotate(
  { dataDir, database }: Place,
  isAtOnce: boolean,
  store: Store,
  { settings }: Terminal,
): Promise<readonly SigningKey[]> {
  const given = settings['KEY_SECRET'] || null
  if (given === null && database !== null)
    throw new CommandError('KEY_SECRET is not set. Set it to the one that the servers have.')
  const secret = given ?? installationSecret(dataDir, randomBytes)
  const before = await store.listSigningKeys()
  for (const algorithm of new Set(before.map((key) => key.algorithm))) {
    const now = Date.now()
    await store.addSigningKey(await makeSigningKey(algorithm, secret, { now, random: randomBytes }), now)
  }
  if (isAtOnce) await store.deleteSigningKeys(before.map(({ kid }) => kid))
  return store.listSigningKeys()
}

const facts = ({ kid, algorithm, createdAt }: SigningKey) => ({
  kid,
  algorithm,
  createdAt: new Date(createdAt).toISOString(),
})

const lineOf = (key: SigningKey): string => {
  const { kid, algorithm, createdAt } = facts(key)
  return `${kid}  ${algorithm}  made ${createdAt}`
}
