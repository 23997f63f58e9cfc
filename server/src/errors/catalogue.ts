import type { Reason, ReasonValue } from '../store/contract/usage.ts'

/** What an entry of a catalogue makes: something that tells which entry it is of. */
interface Explained {
  publicReason: Reason | null
}

/** Entries that are called with values and nothing else. */
type OfValues<Entries extends Catalogue> = {
  [Key in keyof Entries]: Parameters<Entries[Key]> extends readonly (ReasonValue | undefined)[]
    ? unknown
    : never
}

export type Catalogue = Readonly<Record<string, (...values: never[]) => Explained>>

/**
 * Names what its entries make by their place in it, so that a log keeps a code and makes the words when somebody reads
 * them. An entry is called with the values of its words and with nothing else: they are kept as they are.
 */
export function catalogue<Entries extends Catalogue>(
  name: string,
  entries: Entries & OfValues<Entries>,
): Entries {
  const named = Object.entries(entries).map(([key, make]) => [
    key,
    (...values: never[]) => {
      const made = make(...values)
      made.publicReason = { code: `${name}.${key}`, values: values.filter((value) => value !== undefined) }
      return made
    },
  ])
  return Object.fromEntries(named) as Entries
}
