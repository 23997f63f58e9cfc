import { domainToASCII } from 'node:url'

/** What handles are compared by. */
export const handleKey = (handle: string): string => handle.normalize('NFC').toLowerCase()

/** What email addresses are compared by: one address written in two ways has one key. */
export function emailKey(email: string): string {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  return `${email
    .slice(0, at + 1)
    .normalize('NFC')
    .toLowerCase()}${domainToASCII(domain) || domain.toLowerCase()}`
}

/** The key of what a person typed as their handle or email. */
export const loginKey = (login: string): string => (login.includes('@') ? emailKey(login) : handleKey(login))
