import type { TSchema } from 'typebox'

const unprinted = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
const unprintedOfLines = /(?![\t\n\r\u2028\u2029])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
const lineBreak = /[\n\r\u2028\u2029]/

/**
 * What of a text breaks the rule of its field, to go on a sentence that tells the rule; empty where the rule is not one of
 * length and of characters. What was sent does not stand in it.
 */
export function brokenBy(value: unknown, { description = '' }: TSchema & { description?: string }): string {
  if (typeof value !== 'string' || !/\d (?:printable )?characters/.test(description)) return ''
  const isLine = description.includes('on one line')
  if (isLine && lineBreak.test(value)) return '; it has a line break'
  const [character] = (isLine ? unprinted : unprintedOfLines).exec(value) ?? []
  if (character !== undefined) return `; it has ${nameOf(character)}, which is not printed`
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(value)) return '; it shows nothing'
  return `; it has ${Array.from(value).length}`
}

const nameOf = (character: string): string =>
  character === '\t' ? 'a tab' : `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
