const longest = 500

/**
 * Finds what keeps an address from being that of a webhook, in words that go on from "The address", or `undefined`. Whether it leads
 * into a private network is decided when it is sent to.
 */
export function webhookFault(text: string): string | undefined {
  if (text === '') return 'is missing'
  if (text.length > longest) return `is longer than ${longest} characters`
  if (!URL.canParse(text)) return 'is not a whole URL: begin it with https://'
  const { protocol, hostname, username, password, hash } = new URL(text)
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) return 'must begin with https://'
  if (username !== '' || password !== '') return 'may not have a user name or password before the host'
  return hash === '' ? undefined : 'may not contain a fragment (#)'
}
