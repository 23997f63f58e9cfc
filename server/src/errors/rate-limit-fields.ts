/** How much of something is let through, and in how many seconds. */
export interface Quota {
  readonly name: string
  readonly quota: number
  readonly windowSeconds: number
}

/**
 * What tells programs of a quota that is used up (draft-ietf-httpapi-ratelimit-headers-10, RFC 9110 §10.2.3).
 * @param seconds whole seconds until something is let through again
 */
export const rateLimitFields = (
  { name, quota, windowSeconds }: Quota,
  seconds: number,
): Readonly<Record<string, string>> => ({
  'retry-after': String(seconds),
  'ratelimit-policy': `"${name}";q=${quota};w=${windowSeconds}`,
  ratelimit: `"${name}";r=0;t=${seconds}`,
})
