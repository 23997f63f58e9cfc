import { hash } from 'node:crypto'

/** How many slots a rule counts in. */
export const slotsOfRule = 16_384

/** Says in which slot a rule counts a key; with the salt of the installation, which nobody outside knows. */
export function slotFinder(salt: Uint8Array): (rule: string, key: string) => number {
  const prefix = Buffer.from(salt).toString('hex')
  return (rule, key) => hash('sha256', `${prefix} ${rule} ${key}`, 'buffer').readUInt32BE() % slotsOfRule
}
