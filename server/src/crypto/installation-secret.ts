import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from './secret.ts'

/** The file of a data folder that holds its secret. */
export const secretFileName = 'secret.key'

/**
 * The secret under which keys lie in the database: whoever has the database alone, or a backup of it, has none of them.
 * @param dataDir where its file lies, which is made when it is not there; null for a secret of this process alone
 */
export function installationSecret(dataDir: string | null, random: Random): string {
  const fresh = Buffer.from(random(32)).toString('base64url')
  if (dataDir === null) return fresh
  const file = join(dataDir, secretFileName)
  const known = readIfThere(file)
  if (known !== undefined) return known
  const draft = `${file}.${Buffer.from(random(6)).toString('hex')}`
  writeFileSync(draft, fresh, { mode: 0o600, flag: 'wx', flush: true })
  try {
    // Of two processes that start at once the first one's file stays.
    linkSync(draft, file)
    return fresh
  } catch (error) {
    const other = readIfThere(file)
    if (other === undefined) throw error
    return other
  } finally {
    unlinkSync(draft)
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
