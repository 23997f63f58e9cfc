/** Names are spelled `snake_case` on the wire and `camelCase` here. Sizes such as `150x150` are the same in both. */

/** A name of the wire as the SDK has it. */
export const camelCase = (name: string): string =>
  name.replace(/(?!^)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** A parameter's or a field's name as the wire has it. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** What came in, by the SDK's names. */
export const fromWire = (value: unknown): unknown => renamed(value, camelCase)

/** What goes out, by the wire's names. */
export const toWire = (value: unknown): unknown => renamed(value, snakeCase)

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename))
  // A date writes itself.
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [rename(name), renamed(one, rename)]))
}
