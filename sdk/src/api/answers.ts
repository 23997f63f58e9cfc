import { failure } from '../errors/errors.ts'
import { type Fields, fields, number } from '../http/fields.ts'
import { type Answers, shapes } from './generated.ts'
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
  numbers: (value) => list(value).filter((one) => number(one) !== undefined),
  texts: (value) => list(value).filter(isString),
  list,
  date: (value) => {
    const date = new Date(isString(value) ? value : Number.NaN)
    return Number.isNaN(date.getTime()) ? undefined : date
  },
  image,
}

const isName = (kind: string): kind is keyof Answers => Object.hasOwn(shapes, kind)

function readField(kind: string, value: unknown): unknown {
  if (isName(kind)) return readShape(kind, value)
  if (kind.startsWith("'")) return kind.includes(`'${value}'`) ? value : undefined
  if (kind.endsWith('[]'))
    return list(value)
      .map((one) => readField(kind.slice(0, -2), one))
      .filter((one) => one !== undefined)
  if (kind.includes('|'))
    return kind
      .split('|')
      .map((one) => readField(one, value))
      .find((found) => found !== undefined)
  return readers[kind]?.(value)
}

/** Undefined when there is none, or something is missing that no such answer lacks. */
function readShape(name: keyof Answers, value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const given = fields(value)
  const read: Record<string, unknown> = {}
  for (const [kind, names] of Object.entries(shapes[name]))
    for (const field of names.split(' ')) {
      const found = readField(kind.replace('!', ''), given[field])
      if (found === undefined && kind.endsWith('!')) return undefined
      read[field] = found
    }
  return { ...given, ...read }
}

/**
 * Reads what the API answered, its names as the SDK's already. A field that is known is of its type or absent; others are
 * passed on as they came. Throws `invalid_answer` when something is missing that no such answer lacks.
 */
export function readAnswer<Name extends keyof Answers>(name: Name, value: unknown): Answers[Name] {
  const answer = readShape(name, value)
  if (!answer) throw failure('invalid_answer', { reason: `no ${name}` })
  // The type and the shape are made from one schema, which the compiler cannot see.
  return answer as unknown as Answers[Name]
}

/** Reads a list of answers. */
export function readAnswers<Name extends keyof Answers>(name: Name, value: unknown): Answers[Name][] {
  if (!Array.isArray(value)) throw failure('invalid_answer', { reason: `no list of ${name}` })
  return value.map((one) => readAnswer(name, one))
}
