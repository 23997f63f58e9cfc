import { readFileSync } from 'node:fs'
import { digest } from '../crypto/secret.ts'
import { opaqueString } from './password.ts'

/** Whether a password is among the most used, or a word that others are made of, in any case. */
export type CommonPasswords = (password: string) => boolean

const prefixBytes = 4

/** The first bytes of the SHA-256 of a password as the list has it. */
export const commonPasswordKey = (password: string): number =>
  Buffer.from(digest(opaqueString(password).toLowerCase())).readUInt32BE()

/**
 * The most used passwords, by a file of the first four bytes of their digests in order, which is read when it is first
 * needed. One other text in 35,000 is taken for one of them.
 * @param file made by `scripts/common-passwords.ts`
 */
export function commonPasswords(file: URL): CommonPasswords {
  let keys: Buffer | undefined
  return (password) => {
    keys ??= readFileSync(file)
    return includes(keys, commonPasswordKey(password))
  }
}

function includes(keys: Buffer, key: number): boolean {
  let [from, to] = [0, keys.length / prefixBytes]
  while (from < to) {
    const middle = (from + to) >>> 1
    const found = keys.readUInt32BE(middle * prefixBytes)
    if (found === key) return true
    if (found < key) from = middle + 1
    else to = middle
  }
  return false
}
