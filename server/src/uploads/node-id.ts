import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../crypto/secret.ts'

/**
 * What tells the node of this folder apart from others on the same database: files on their way lie with one node alone.
 * @param folder its folder of uploads, on which no other process works
 */
export function nodeId(folder: string, random: Random): string {
  const file = join(folder, 'node')
  try {
    const fresh = Buffer.from(random(12)).toString('base64url')
    writeFileSync(file, fresh, { flag: 'wx', flush: true })
    return fresh
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return readFileSync(file, 'utf8')
  }
}
