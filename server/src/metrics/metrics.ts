import { counter, histogram, type Instrument } from './instruments.ts'
import { followEventLoop, ofProcess, type ProcessFacts } from './of-process.ts'

/** What requests of one kind have in common. */
export interface CountedRoute {
  readonly method: string
  /** The path as it is written in the list of routes; `none` for what leads nowhere. */
  readonly route: string
  /** What its route is counted with. */
  readonly group: string
}

/** What a server counts of its work, for whoever operates it: nothing of anybody's, and nothing secret. */
export interface Metrics {
  /** Makes what counts the requests of a route that were answered. */
  counterOf(route: CountedRoute): (status: number, seconds: number) => void
  /** A login that a person allowed or cancelled. */
  login(outcome: 'allowed' | 'cancelled'): void
  /** A password or passkey by which a person signed in, or did not. */
  signIn(outcome: 'right' | 'wrong'): void
  /** A code or refresh token that was presented. */
  grant(grant: 'authorization_code' | 'refresh_token', outcome: string): void
  revoked(): void
  /** Something that a limit has not let through. */
  limited(limit: string): void
  mail(outcome: 'sent' | 'retried' | 'failed' | 'dropped'): void
  /** All of it, of every process that serves with this one, in the text format of Prometheus. */
  text(): Promise<string>
  stop(): void
}

const secondsBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * Opens the counts of one server.
 * @param share answers the counts of all processes that serve together, of which this one's are read by `read`
 */
export function openMetrics(
  facts: () => ProcessFacts,
  share: (read: () => string) => () => Promise<string>,
): Metrics {
  const requests = counter('stagedoor_http_requests_total', 'Requests by route and class of status.')
  const seconds = histogram(
    'stagedoor_http_request_seconds',
    'Seconds from a request to the end of its answer, by the limit that its route is held to.',
    secondsBounds,
  )
  const logins = counter('stagedoor_logins_total', 'Logins to apps that people allowed or cancelled.', [
    { outcome: 'allowed' },
    { outcome: 'cancelled' },
  ])
  const signIns = counter('stagedoor_sign_ins_total', 'Sign-ins, and passwords that were wrong.', [
    { outcome: 'right' },
    { outcome: 'wrong' },
  ])
  const grants = counter(
    'stagedoor_grants_total',
    'Codes and refresh tokens presented: redeemed, rotated, repeated, refused, replayed, reused.',
    [
      { grant: 'authorization_code', outcome: 'redeemed' },
      { grant: 'authorization_code', outcome: 'replayed' },
      { grant: 'refresh_token', outcome: 'rotated' },
      { grant: 'refresh_token', outcome: 'reused' },
    ],
  )
  const revocations = counter('stagedoor_revocations_total', 'Logins that apps ended.', [{}])
  const limited = counter('stagedoor_limited_total', 'What limits have not let through, by limit.')
  const mails = counter(
    'stagedoor_mails_total',
    'Mails that were sent, failed for now or for good, or were dropped as too many waited.',
    [{ outcome: 'sent' }, { outcome: 'retried' }, { outcome: 'failed' }, { outcome: 'dropped' }],
  )
  const eventLoop = followEventLoop()
  const instruments: Instrument[] = [
    ...[requests, seconds, logins, signIns, grants, revocations, limited, mails],
    ...[eventLoop.delay, ...ofProcess(facts)],
  ]
  return {
    counterOf({ method, route, group }) {
      const classes = new Map<number, () => void>()
      const observe = seconds.of({ group })
      return (status, took) => {
        const first = Math.floor(status / 100)
        const add = classes.get(first) ?? requests.of({ method, route, class: `${first}xx` })
        classes.set(first, add)
        add()
        observe(took)
      }
    },
    login: (outcome) => logins.add({ outcome }),
    signIn: (outcome) => signIns.add({ outcome }),
    grant: (grant, outcome) => grants.add({ grant, outcome }),
    revoked: () => revocations.add(),
    limited: (limit) => limited.add({ limit }),
    mail: (outcome) => mails.add({ outcome }),
    text: share(() => instruments.flatMap((each) => each.lines()).join('\n')),
    stop: eventLoop.stop,
  }
}
