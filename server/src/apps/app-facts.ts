import type { AppFacts } from '../store/contract/store.ts'
import { isEmail } from './email-address.ts'
import { isLoopbackHost } from './loopback.ts'

/** What an app may say of itself for people to open, by the names of RFC 7591 §2; a contact is one of `contacts`. */
export type FactName = keyof AppFacts

/** In the order in which people are shown them. */
export const factNames = [
  'tosUri',
  'policyUri',
  'clientUri',
  'contact',
] as const satisfies readonly FactName[]

/** How many characters each may have. */
export const longestFact = 200

/** Of an app that says none of them. */
export const noFacts: AppFacts = { clientUri: null, tosUri: null, policyUri: null, contact: null }

/** The value to keep, null for none, or what is wrong, in words that go on from the name of the field. */
export type ParsedFact = { readonly value: string | null } | { readonly words: string }

/**
 * Reads what an app says of itself: an https address, or an http one of this machine; a contact may be a mailbox instead.
 * An address is kept as browsers write it.
 */
export function parseFact(name: FactName, text: string): ParsedFact {
  const given = text.trim()
  if (given === '') return { value: null }
  if (given.length > longestFact) return { words: `is longer than ${longestFact} characters.` }
  if (/[\p{C}\p{Z}]/u.test(given))
    return { words: 'may not contain a space or a character that cannot be seen.' }
  const isContact = name === 'contact'
  const mailbox = given.replace(/^mailto:/i, '')
  if (isContact && isEmail(mailbox)) return { value: mailbox }
  return parseAddress(given, isContact ? 'be an email address, or begin' : 'begin')
}

function parseAddress(given: string, must: string): ParsedFact {
  if (!/^https?:\/\/[^\\]*$/i.test(given) || !URL.canParse(given))
    return { words: `must ${must} with https://.` }
  const url = new URL(given)
  if (url.username !== '' || url.password !== '')
    return { words: 'may not contain a user name or password before the host.' }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    return { words: 'must begin with https://; http:// is for localhost and loopback addresses only.' }
  return url.href.length > longestFact
    ? { words: `is longer than ${longestFact} characters.` }
    : { value: url.href }
}

/** Where a contact leads: its web address, or its mailbox as `mailto:`. */
export const contactHref = (contact: string): string =>
  isEmail(contact) ? `mailto:${encodeURIComponent(contact).replace('%40', '@')}` : contact
