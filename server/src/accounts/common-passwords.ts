import { readFileSync } from 'node:fs'
import { digest } from '../crypto/secret.ts'
import { opaqueString } from './password.ts'

/** What is tried out early, in any case. */
export interface CommonPasswords {
  /** Whether a password is among the most used, or a word that others are made of. */
  includes(password: string): boolean
  /** Whether a word is one of the few hundred that are used most: two or three of them are soon tried out. */
  includesWord(word: string): boolean
}

/** Bytes of a digest in the list: with six of them one other text in two thousand million is taken for one of it. */
export const keyBytes = 6

/** The first bytes of the SHA-256 of a password as the list has it. */
export const commonPasswordKey = (password: string): number =>
  Buffer.from(digest(opaqueString(password).toLowerCase())).readUIntBE(0, keyBytes)

/**
 * The most used passwords and words, by files of the first bytes of their digests in order, which are read when they are first
 * needed.
 * @param folder with what `scripts/common-passwords.ts` makes
 */
export const commonPasswordsIn = (folder: URL): CommonPasswords => ({
  includes: listed(new URL('common-passwords.bin', folder)),
  includesWord: listed(new URL('common-words.bin', folder)),
})

function listed(file: URL): (text: string) => boolean {
  let keys: Buffer | undefined
  return (password) => {
    keys ??= readFileSync(file)
    return includes(keys, commonPasswordKey(password))
  }
}

function includes(keys: Buffer, key: number): boolean {
  let [from, to] = [0, keys.length / keyBytes]
  while (from < to) {
    const middle = (from + to) >>> 1
    const found = keys.readUIntBE(middle * keyBytes, keyBytes)
    if (found === key) return true
    if (found < key) from = middle + 1
    else to = middle
  }
  return false
}
