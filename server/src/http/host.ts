/** Whether a `Host` header names the host of an origin: in any case, with or without the port of the scheme (RFC 3986 §6.2). */
export function isHostOf(header: string, origin: string): boolean {
  const { protocol, host } = new URL(origin)
  // Nothing but a name and a port, which the parser would read out of more.
  if (!/^[\w.-]+(?::\d*)?$|^\[[\da-f:.]+\](?::\d*)?$/i.test(header)) return false
  const named = `${protocol}//${header}`
  return URL.canParse(named) && new URL(named).host === host
}
