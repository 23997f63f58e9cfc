/**
 * Whether a host is this very machine, as a URL parser writes it: `localhost` and every name under it, which browsers never
 * ask the network for (RFC 6761 §6.3), and the loopback addresses that URLs are written with.
 */
export const isLoopbackHost = (host: string): boolean => new RegExp(`^${loopbackHost}$`, 'i').test(host)

/** The same as part of a pattern. */
export const loopbackHost: string = String.raw`(?:(?:[\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])`
