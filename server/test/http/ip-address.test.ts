import { describe, expect, test } from 'vitest'
import { clientAddress, isNetwork, networkOf, placeOf, within } from '../../src/http/ip-address.ts'

describe('an address counts as', () => {
  test.each([
    ['an IPv4 address', '203.0.113.7', '203.0.113.7'],
    ['one with a port', '203.0.113.7:51234', '203.0.113.7'],
    ['one that IPv6 carries', '::ffff:203.0.113.7', '203.0.113.7'],
    ['one that IPv6 carries in hex', '::FFFF:cb00:7107', '203.0.113.7'],
    ['one that IPv6 carries, with a port', '[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['one that is translated', '64:ff9b::203.0.113.7', '203.0.113.7'],
    ['one that is translated within a site', '::ffff:0:203.0.113.7', '203.0.113.7'],
    ['an IPv6 address', '2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
    ['its neighbour in the network', '2001:DB8::1:ffff:0:0:1', '2001:db8:0:1::/64'],
    ['one in brackets', '[2001:db8:0:1::9]', '2001:db8:0:1::/64'],
    ['one in brackets with a port', '[2001:db8:0:1::9]:51234', '2001:db8:0:1::/64'],
    ['one with a zone', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['one in brackets with a zone', '[fe80::1%25eth0]:80', 'fe80:0:0:0::/64'],
  ])('%s', (_, address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  test('a place that names no single connection', () => {
    expect(placeOf('::ffff:203.0.113.7')).toBe('203.0.113.*')
    expect(placeOf('[2001:db8:5:6::1]:80')).toBe('2001:db8:5::/48')
  })
})

describe('behind proxies a request comes from', () => {
  const isTrusted = within(['127.0.0.0/8', '10.0.0.0/8', '::ffff:192.168.0.0/112', 'fd00::/8'])

  test.each([
    ['the peer when it is no proxy', '198.51.100.1', '203.0.113.7', '198.51.100.1'],
    ['the peer when nothing was forwarded', '10.0.0.1', undefined, '10.0.0.1'],
    ['whom the proxy was asked by', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['the same with the port', '10.0.0.1', '203.0.113.7:51234', '203.0.113.7'],
    ['an IPv6 address in brackets with the port', '10.0.0.1', '[2001:db8::7]:51234', '2001:db8::7'],
    ['a proxy’s word, not what stands before it', '10.0.0.1', '1.1.1.1, 203.0.113.7', '203.0.113.7'],
    ['beyond a chain of proxies', '127.0.0.1', '1.1.1.1, 203.0.113.7, 10.0.0.9:4431', '203.0.113.7'],
    ['beyond proxies that IPv6 carries', '::ffff:10.0.0.1', '203.0.113.7, ::ffff:192.168.3.4', '203.0.113.7'],
    ['the last proxy when what it forwards is no address', '10.0.0.1', '203.0.113.7, unknown', '10.0.0.1'],
    ['the first proxy when all are trusted', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ])('%s', (_, peer, forwardedFor, address) => {
    expect(clientAddress(peer, forwardedFor, isTrusted)).toBe(address)
  })
})

test('networks are addresses, with the bits that count', () => {
  for (const network of ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', '::ffff:10.0.0.0/104', '0.0.0.0/0'])
    expect(isNetwork(network), network).toBe(true)
  for (const none of [
    '',
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '1',
    '::1/129',
    '::1/',
    '0x7f.1',
  ])
    expect(isNetwork(none), none).toBe(false)
})
