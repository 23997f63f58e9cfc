import { randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'
import { openSealer } from '../crypto/sealer.ts'
import { type Arrived, doctorQuestion } from '../endpoints/alive.ts'
import { within } from '../http/ip-address.ts'
import { openStore } from '../store/open.ts'
import { answerTimeout, type Finding, look, right, said, wrong } from './doctor-finding.ts'

/** An address that nobody has (RFC 5737 §3), which the doctor claims to come from. */
const forged = '203.0.113.77'

/** Whether the server learns who asks, and from nobody but its proxies. */
export async function proxyHeaders(config: Config): Promise<Finding> {
  try {
    const arrived = await arrivedAt(config)
    return arrived === undefined
      ? look(
          `What answers at ${config.publicUrl} does not tell what arrives there. Ask again while it runs, with its own settings.`,
        )
      : forwardingFinding(arrived, config)
  } catch (error) {
    return look(`What arrives at the server is not known (${said(error)}). Ask again while it runs.`)
  }
}

async function arrivedAt(config: Config): Promise<Arrived | undefined> {
  const store = await openStore(config)
  try {
    const clock = Date.now
    const question = doctorQuestion({
      sealer: await openSealer({ store, clock, random: randomBytes }),
      clock,
    })
    const answer = await fetch(`${config.publicUrl}/healthz?doctor=${question}`, {
      headers: { 'x-forwarded-for': forged },
      signal: AbortSignal.timeout(answerTimeout),
      redirect: 'manual',
    })
    return readArrived(await answer.json())
  } finally {
    await store.close()
  }
}

/** What is right or wrong with how a request arrived whose sender wrote an address of nobody into `X-Forwarded-For`. */
export function forwardingFinding(
  { address, forwardedFor }: Arrived,
  { publicUrl, trustedProxies }: Pick<Config, 'publicUrl' | 'trustedProxies'>,
): Finding {
  const isTrusted = within(trustedProxies ?? [])
  const chain = forwardedFor?.split(',').map((each) => each.trim()) ?? []
  const last = chain.at(-1)
  if (last === undefined)
    return wrong(
      `No X-Forwarded-For arrives: everybody counts as ${address}. Have the proxy append whom it was asked by.`,
    )
  if (last === forged && address === forged)
    return wrong(
      'X-Forwarded-For arrives as anybody wrote it, so that nobody is held to a limit. Have the proxy append whom it was asked by.',
    )
  if (last === forged)
    return publicUrl.startsWith('https:')
      ? wrong(
          `Everybody counts as ${address}. Name that proxy in TRUSTED_PROXIES, and have it append whom it was asked by.`,
        )
      : right(`No proxy is in between: ${address} asks.`)
  const at = chain.findLastIndex(within([address]))
  // Whom another proxy was asked by stands before the one that asked.
  const isFirst = at >= 0 && chain.slice(0, at).every((each) => each === forged)
  return address === forged || (isFirst && !isLoopbackProxy(address, isTrusted))
    ? right('The proxy says whom it was asked by, and is believed.')
    : wrong(`Everybody counts as ${address}. Name that proxy in TRUSTED_PROXIES.`)
}

// On one machine the proxy and whom it was asked by have the same address: it is believed when it is named.
const isLoopbackProxy = (address: string, isTrusted: (address: string) => boolean): boolean =>
  within(['127.0.0.0/8', '::1'])(address) && !isTrusted(address)

function readArrived(answer: unknown): Arrived | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const arrived: unknown = Reflect.get(answer, 'arrived')
  if (typeof arrived !== 'object' || arrived === null) return undefined
  const [address, forwardedFor]: readonly unknown[] = [
    Reflect.get(arrived, 'address'),
    Reflect.get(arrived, 'forwardedFor'),
  ]
  if (typeof address !== 'string') return undefined
  return { address, forwardedFor: typeof forwardedFor === 'string' ? forwardedFor : null }
}
