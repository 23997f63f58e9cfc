/** Numbers that words repeat: each stands here once. */

const minute = 60_000
const hour = 60 * minute

/** Characters of a password. */
export const passwordLength = { least: 8, most: 128 } as const

/** How long a link in mail works, in milliseconds. */
export const linkLifetime = { reset: 30 * minute, email: 24 * hour } as const

/** Links in mail that an account, or an address, is sent in an hour at most. */
export const linksAnHour = 3

/** How long one link that was sent stands for the next that is asked for, in milliseconds. */
export const repeatedLinkMs = minute

/** A time in words: "30 minutes", "24 hours". */
export function duration(milliseconds: number): string {
  const [number, unit] =
    milliseconds % hour === 0 && milliseconds > hour
      ? [milliseconds / hour, 'hour']
      : [Math.round(milliseconds / minute), 'minute']
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}

/** The length of a password in words. */
export const passwordLengthWords = `${passwordLength.least} to ${passwordLength.most} characters`
