import { type Answers, shapes } from './api.ts'
import { failure } from './errors.ts'
import { fields, number } from './fields.ts'
import { image } from './image.ts'

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const isString = (value: unknown): value is string => typeof value === 'string'

/** How a field is read, by its kind: undefined when there is none. */
const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  text: (value) => (isString(value) ? value : undefined),
  number,
  count: (value) => number(value) ?? 0,
  flag: (value) => value === true,
  yes: (value) => value !== false,
  texts: (value) => list(value).filter(isString),
  list,
  date: (value) => {
    const date = new Date(isString(value) ? value : Number.NaN)
    return Number.isNaN(date.getTime()) ? undefined : date
  },
  image,
}

function readField(kind: string, value: unknown): unknown {
  const read = readers[kind]
  if (read) return read(value)
  if (kind.startsWith("'")) return kind.includes(`'${value}'`) ? value : undefined
  return isName(kind) && value ? readAnswer(kind, value) : undefined
}

const isName = (kind: string): kind is keyof Answers => Object.hasOwn(shapes, kind)

/**
 * Reads what the API answered, its names as the SDK's already. A field that is known is of its type or absent; others are
 * passed on as they came. Throws `invalid_answer` when something is missing that no such answer lacks.
 */
export function readAnswer<Name extends keyof Answers>(name: Name, value: unknown): Answers[Name] {
  const given = fields(value)
  const known = Object.entries(shapes[name]).map(([field, kind]) => {
    const found = readField(kind.replace('!', ''), given[field])
    if (kind.endsWith('!') && found === undefined) throw failure('invalid_answer', { reason: `no ${field}` })
    return [field, found]
  })
  // The type and the shape are made from one schema, which the compiler cannot see.
  return { ...given, ...Object.fromEntries(known) } as Answers[Name]
}

/** Reads a list of answers. */
export function readAnswers<Name extends keyof Answers>(name: Name, value: unknown): Answers[Name][] {
  if (!Array.isArray(value)) throw failure('invalid_answer')
  return value.map((one) => readAnswer(name, one))
}
