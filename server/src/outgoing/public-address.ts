import ipaddr from 'ipaddr.js'

const [globalUnicast, nat64] = [ipaddr.parseCIDR('2000::/3'), ipaddr.parseCIDR('64:ff9b::/96')]

/**
 * Whether an address is one of the public internet: none of this machine, its networks or its cloud, however it is spelled
 * (RFC 6890). An IPv4 address that IPv6 carries is judged as what it is.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (!(address instanceof ipaddr.IPv6)) return address.range() === 'unicast'
  // RFC 6052 §2.1: what a translator makes of it is an IPv4 address.
  if (address.match(nat64)) return isPublicAddress(address.toByteArray().slice(12).join('.'))
  return address.match(globalUnicast) && address.range() === 'unicast'
}
