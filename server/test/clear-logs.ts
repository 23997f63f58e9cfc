import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { logFolder } from '@stagedoor/testkit/server'

/** Empties the folder of the servers' logs, so that the last step of a run reads those of this run alone. */
export default function setup(): void {
  mkdirSync(logFolder, { recursive: true })
  for (const file of readdirSync(logFolder)) rmSync(join(logFolder, file), { force: true })
}
