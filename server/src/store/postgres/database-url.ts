/** What the driver takes as `sslmode`; it would take any other word as well, for one of these. */
const tlsModes: ReadonlySet<string> = new Set([
  ...['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'],
])

/** An address of a PostgreSQL, as DATABASE_URL has it; undefined when it is none. */
export function databaseUrl(text: string): string | undefined {
  if (!URL.canParse(text) || /%(?![\da-f]{2})/i.test(text)) return undefined
  const { protocol, hostname, pathname, searchParams } = new URL(text)
  const isPostgres = protocol === 'postgres:' || protocol === 'postgresql:'
  // The driver knows one host alone.
  const isOneHost = hostname !== '' && !hostname.includes(',')
  const isKnown = tlsModes.has(searchParams.get('sslmode') ?? 'disable')
  return isPostgres && isOneHost && isKnown && pathname.length > 1 ? text : undefined
}
