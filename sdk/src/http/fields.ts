/** Fields of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>

/** The own fields of a value from outside; none when it is not an object. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' ? { ...value } : {}
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isNumber = (value: unknown): value is number => Number.isFinite(value)

/** A text that is not empty, or undefined. */
export const text = (value: unknown): string | undefined => (isText(value) ? value : undefined)

/** A finite number, or undefined. */
export const number = (value: unknown): number | undefined => (isNumber(value) ? value : undefined)

/** The fields of a JSON text; none when it is broken. */
export function jsonFields(json: string | null): Fields {
  try {
    return fields(JSON.parse(json ?? 'null'))
  } catch {
    return {}
  }
}
