import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = readonly [Address, number]

const [mostRemembered, longestRemembered] = [1_000, 64]

/** Addresses and networks such as `127.0.0.1`, `10.0.0.0/8` or `fd00::/8`, as text. */
export type Networks = readonly string[]

/** Whether a text is an address or a network. */
export const isNetwork = (text: string): boolean => readNetwork(text) !== undefined

/** Reads addresses and networks with commas between them, or `none`; undefined for any other text. */
export function readNetworks(text: string): readonly string[] | undefined {
  if (text === 'none') return []
  const list = text.split(',').map((each) => each.trim())
  return list.every(isNetwork) ? list : undefined
}

/**
 * Finds where a request comes from: the last address in the chain of `X-Forwarded-For` that no trusted proxy has. What
 * stands before it anybody can have written.
 * @param peer the address of the connection
 * @param forwardedFor the header, to which each proxy appends whom it was asked by, some of them with the port
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let address = peer
  const chain = forwardedFor?.split(',') ?? []
  while (isTrusted(address)) {
    const before = textOf(chain.pop() ?? '')
    if (before === undefined) return address
    address = before
  }
  return address
}

/** Makes the test whether an address is one of some networks. */
export function within(networks: Networks): (address: string) => boolean {
  const known = networks.map(readNetwork).filter((network) => network !== undefined)
  if (known.length === 0) return () => false
  return remembered((text) => {
    const address = readAddress(text)
    return address !== undefined && known.some((network) => isIn(address, network))
  })
}

/** Whether an address is of this very machine. */
export const isLoopback: (address: string) => boolean = within(['127.0.0.0/8', '::1'])

/** An address as the limits count it: IPv4 as it is, of IPv6 the network of 64 bits that one subscriber has. */
export const networkOf: (text: string) => string = remembered((text) => {
  const address = readAddress(text)
  if (address === undefined || address.kind() === 'ipv4') return address?.toString() ?? text
  return `${groupsOf(address, 4)}::/64`
})

/** A network in words that name no single connection: three parts of an IPv4 address, 48 bits of an IPv6 one. */
export function placeOf(text: string): string {
  const address = readAddress(text)
  if (address === undefined) return text
  if (address.kind() === 'ipv4') return address.toString().replace(/\d+$/, '*')
  return `${groupsOf(address, 3)}::/48`
}

const groupsOf = (address: Address, groups: number): string =>
  address.toNormalizedString().split(':').slice(0, groups).join(':')

const readAddress = remembered(parseAddress)
const textOf = remembered((text) => readAddress(text)?.toString())

/** Finds by a text, from memory what was found before: the same few addresses are asked about several times a request. */
function remembered<Found>(find: (text: string) => Found): (text: string) => Found {
  const known = new Map<string, { readonly found: Found }>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before.found
    const found = find(text)
    if (text.length > longestRemembered) return found
    if (known.size >= mostRemembered) known.clear()
    known.set(text, { found })
    return found
  }
}

// RFC 7239 §6 writes a port behind an address and brackets around IPv6; a zone says which link, not who.
function parseAddress(text: string): Address | undefined {
  const [, bracketed, plain = ''] = /^\s*(?:\[([^\]]*)\](?::\d+)?|(\S*?))\s*$/.exec(text) ?? []
  const withoutPort = bracketed ?? (/^[\d.]+:\d+$/.test(plain) ? plain.replace(/:\d+$/, '') : plain)
  const bare = withoutPort.replace(/%.*$/, '')
  if (ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)) return plainest(bare)
  return undefined
}

// The ways in which IPv6 writes an IPv4 address: mapped (RFC 4291 §2.5.5.2), and translated (RFC 6052 §2.1, RFC 2765 §2.1).
function plainest(text: string): Address {
  const address = ipaddr.process(text)
  if (address instanceof ipaddr.IPv4 || !translations.has(address.range())) return address
  return new ipaddr.IPv4(address.toByteArray().slice(12))
}

const translations: ReadonlySet<string> = new Set(['rfc6052', 'rfc6145'])

function readNetwork(text: string): Network | undefined {
  const [head = '', bits, ...rest] = text.trim().split('/')
  if (!(ipaddr.IPv4.isValidFourPartDecimal(head) || ipaddr.IPv6.isValid(head)) || rest.length > 0)
    return undefined
  const address = ipaddr.process(head)
  const most = ipaddr.parse(head).kind() === 'ipv4' ? 32 : 128
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)) return undefined
  // An IPv4 network may be written as the part of IPv6 that stands for it.
  const isMapped = most === 128 && address.kind() === 'ipv4'
  const prefix = Number(bits ?? most) - (isMapped ? 96 : 0)
  return prefix >= 0 ? [address, prefix] : undefined
}

const isIn = (address: Address, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match(network, bits)
