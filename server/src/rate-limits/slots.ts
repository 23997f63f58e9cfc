import { hash } from 'node:crypto'

/** How many slots a rule counts in. */
export const slotsOfRule = 16_384

/** Slots that are remembered: the same network is counted several times a request. Longer names are not. */
const [mostKnown, longestKnown] = [5_000, 100]

/** Says in which slot a rule counts a key; with the salt of the installation, which nobody outside knows. */
export function slotFinder(salt: Uint8Array): (rule: string, key: string) => number {
  const prefix = Buffer.from(salt).toString('hex')
  const known = new Map<string, number>()
  return (rule, key) => {
    const name = `${rule} ${key}`
    const found = known.get(name)
    if (found !== undefined) return found
    const slot = hash('sha256', `${prefix} ${name}`, 'buffer').readUInt32BE() % slotsOfRule
    if (name.length > longestKnown) return slot
    if (known.size >= mostKnown) known.clear()
    known.set(name, slot)
    return slot
  }
}
