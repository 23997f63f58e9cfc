/**
 * An address as proofs name it: without query and fragment, normalised by syntax and scheme (RFC 9449 §4.3, RFC 3986
 * §6.2.2, §6.2.3); undefined for what is none.
 */
export function requestAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { origin, pathname, username, password } = new URL(address)
  if (username !== '' || password !== '') return undefined
  return origin + pathname.replaceAll(/%[\da-f]{2}/gi, normalised)
}

function normalised(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
  return /[\w.~-]/.test(character) ? character : encoded.toUpperCase()
}
