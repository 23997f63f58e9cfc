/** Redeems and rotates against one file until it is killed, and prints each answer the moment it has it. */
import { writeSync } from 'node:fs'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { addApp, addUser, allow, redemption, rotation, start } from './world.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const store = openSqliteStore({ file: process.argv[2] ?? '' })

async function hammer(worker: number): Promise<never> {
  const user = await addUser(store)
  const apiKey = await addApp(store)
  for (;;) {
    const allowed = await allow(store, { user, apiKey })
    const first = redemption(allowed)
    const { outcome } = await store.redeemCode(first)
    print({ worker, outcome, spent: hex(allowed.code), apiKey, ...tokensOf(first) })
    let refresh = first.refresh.digest
    for (let turn = 0; turn < 5; turn += 1) {
      const next = rotation({ refresh, apiKey })
      const { outcome } = await store.rotateRefresh(next)
      const answer = { worker, spent: hex(refresh), apiKey, ...tokensOf(next) }
      print({ ...answer, outcome })
      if (turn % 2 === 1 && (await store.findAccessToken(next.access.digest, start)))
        print({ ...answer, outcome: 'seen' })
      refresh = next.refresh.digest
    }
  }
}

function tokensOf(pair: { access: { digest: Uint8Array }; refresh: { digest: Uint8Array } }) {
  return { access: hex(pair.access.digest), refresh: hex(pair.refresh.digest) }
}

function print(answer: object): void {
  writeSync(1, `${JSON.stringify(answer)}\n`)
}

await Promise.all(Array.from({ length: 16 }, (_, worker) => hammer(worker)))
