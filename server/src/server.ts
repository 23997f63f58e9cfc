import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { type CommonPasswords, commonPasswordsIn } from './accounts/common-passwords.ts'
import { openId } from './api/claims.ts'
import { encodeId } from './api/ids.ts'
import { nameKey } from './apps/display-name.ts'
import { openImports } from './archive/imports.ts'
import { type Config, StartError } from './config.ts'
import { installationSecret } from './crypto/installation-secret.ts'
import { pooled } from './crypto/pooled.ts'
import { openSealer } from './crypto/sealer.ts'
import type { Random } from './crypto/secret.ts'
import { networkOf, within } from './http/ip-address.ts'
import { loadOnce } from './http/load-once.ts'
import { type CreatorFacts, readSdkFiles } from './http/sdk-files.ts'
import { readAssets } from './http/static-files.ts'
import { followTraffic } from './http/traffic.ts'
import { openOutbox } from './mail/outbox.ts'
import { openMailQueue } from './mail/queue.ts'
import { smtpMailer } from './mail/smtp.ts'
import { countingLimits, countingStore } from './metrics/counting.ts'
import { openMetrics } from './metrics/metrics.ts'
import { openServerTracing } from './metrics/tracing/open.ts'
import { openDpop } from './oauth/dpop/dpop.ts'
import { logoutToken } from './oauth/openid/logout-token.ts'
import { openSigningKeys } from './oauth/openid/signing-keys.ts'
import { sealedRequests } from './oauth/sealed-request.ts'
import { openSend } from './outgoing/send.ts'
import { tracedSend } from './outgoing/traced-send.ts'
import { startWebhooks } from './outgoing/webhooks/start.ts'
import { openLimits } from './rate-limits/limits.ts'
import { app } from './routes.ts'
import type { Store } from './store/contract/store.ts'
import { startSweeper } from './store/sweeper.ts'
import { sweptStore } from './store/swept-store.ts'
import { openContentFolder } from './uploads/content/folder.ts'
import { openBucket } from './uploads/content/s3.ts'
import { transcoderOnDemand } from './uploads/processing/ffmpeg.ts'
import { openUploads } from './uploads/start.ts'
import { openParts } from './uploads/tus/parts.ts'
import { openEmulator } from './usage/emulator/emulator.ts'
import { openUsage } from './usage/start.ts'

/** What a server takes from the machine it runs on. */
export interface Machine {
  readonly log: Logger
  /** Milliseconds since the Unix epoch. */
  readonly clock: () => number
  readonly random: Random
  /** How many files and connections the process may have open. */
  readonly descriptors: number
  /** Milliseconds that the head of a request, and its body, may take to arrive. */
  readonly requestTimeoutMs: number
  /** Where other machines of its network reach it; null when it is in none. */
  readonly ownAddress: string | null
  /** What the operating system says of the process. */
  readonly process: Parameters<typeof openMetrics>[0]
  /** Answers the counts of all processes that serve together, of which this one's are read by `read`. */
  readonly shareMetrics: Parameters<typeof openMetrics>[1]
}

/** What development adds: an app whose loopback URIs need no registration, and accounts to sign in as. */
export interface Samples {
  readonly apiKey: string
  readonly handles: readonly string[]
  /** Whether new accounts confirm their email by the link, as they do in an installation, instead of at once. */
  readonly confirmsByLink: boolean
  /** Starts the server anew with nothing but the samples; absent where that cannot be. */
  readonly reset?: (() => void) | undefined
}

export interface Running {
  readonly store: Store
  /** Loads what answers requests that nobody has made yet. */
  load(): Promise<unknown>
  /** Makes and drops the keys that sign, as is done every minute. */
  renewKeys(): Promise<void>
  /** Sends the messages to apps that are due, as is done every two seconds. */
  sendWebhooks(): Promise<void>
  /** Sends the mails that are due, as is done every five seconds. */
  sendMails(): Promise<void>
  /** Says that it is about to stop, and goes on answering until the open connections are idle (3 s at most). */
  drain(): Promise<void>
  /** Answers what is under way (7 s at most), refuses the rest, commits, closes. */
  stop(): Promise<void>
}

/** This file is one folder below the package, as a source and as a build. */
const packageRoot = new URL('../', import.meta.url)

/** The passwords that nobody may choose. */
export const commonPasswords: CommonPasswords = commonPasswordsIn(new URL('assets/', packageRoot))

/** Developers' tests come from the machine itself, and in development no pace holds them back. */
const ownNetworks = new Set(['127.0.0.1', '::1'].map(networkOf))

/** Milliseconds between two looks at expired uploads and at the keys that seal. */
const upkeepEvery = 60_000
/** Milliseconds for requests under way, once the server has drained for 3 s at most: 10 s in all. */
const stopTimeout = 7000

/**
 * Starts a server on an open store.
 * @throws Error when something that it needs is missing or the address cannot be listened on; all is closed then.
 */
export async function start(
  config: Config,
  store: Store,
  machine: Machine,
  samples: Samples | null,
): Promise<Running> {
  const closers: (() => Promise<void>)[] = [() => store.close()]
  try {
    return await startOn(config, store, machine, samples, closers)
  } catch (error) {
    // What failed is what is told; a store that cannot be closed is most likely why.
    for (const close of closers.reverse()) await close().catch(() => undefined)
    throw error
  }
}

function ownFiles(facts: CreatorFacts) {
  try {
    return { ...readAssets(packageRoot), sdk: readSdkFiles(packageRoot, facts) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(
      `A file of stagedoor itself is missing (${why}). Install it again, or run: npm run build`,
      { cause: error },
    )
  }
}

async function startOn(
  config: Config,
  opened: Store,
  machine: Machine,
  samples: Samples | null,
  closers: (() => Promise<void>)[],
): Promise<Running> {
  const { log } = machine
  const random = pooled(machine.random)
  const node = instanceOf(random)
  const traces = await openServerTracing(config.tracing, node, log)
  const { tracing, trace } = traces
  closers.push(async () => tracing?.stop())
  const store = traces.store(opened, config.database === null ? 'sqlite' : 'postgresql')
  const emulator = samples && openEmulator(machine.clock, instanceOf(random), samples.reset ?? null)
  const clock = emulator?.clock ?? machine.clock
  const { publicUrl: url, brand } = config
  const assets = ownFiles({ url, apiKey: samples?.apiKey ?? null, brand })
  // An imitation is found among names that were folded by the same rules.
  await store.refoldAppNames(nameKey)
  const rules = {
    maxBytes: config.maxUploadBytes,
    quotaBytes: config.uploadQuotaBytes,
    freeBytes: config.uploadFreeBytes,
    requireAuth: config.uploadsRequireAuth,
  }
  const sealer = await openSealer({ store, clock, random })
  const requests = sealedRequests(sealer)
  const issuer = config.publicUrl
  const dpop = config.dpop
    ? openDpop({ sealer, clock, issuer, sharedBy: config.database === null ? null : store })
    : null
  const standing = { store, trace, log, clock, random, sealer, requests, issuer, dpop }
  const uploads = await openUploads(config.dataDir, { ...standing, rules }, transcoderOnDemand(), {
    content: traces.calls(config.media && (await openBucket(config.media, clock)), 'content'),
    parts: traces.calls(config.media && config.database && (await openParts(config.media)), 'parts'),
  })
  const imports = openImports({ ...standing, intake: uploads.intake })
  closers.push(imports.ended, uploads.stop)
  // A proxy that is not named stands for everybody behind it.
  const knowsNetworks = config.trustedProxies !== null || config.publicUrl.startsWith('http:')
  const usage = openUsage(
    { ...config, knowsNetworks },
    { ...standing, note: emulator?.note },
    config.database !== null,
  )
  closers.push(() => usage.stop())
  const traffic = followTraffic()
  const outbox = samples !== null && config.smtp === null ? openOutbox(clock) : null
  const mailer = traces.calls(config.smtp === null ? outbox : smtpMailer(config.smtp), 'mail')
  const metrics = openMetrics(machine.process, machine.shareMetrics)
  const isExempt = (key: string) => samples !== null && ownNetworks.has(key)
  const limits = countingLimits(await openLimits(standing, isExempt), metrics)
  closers.push(() => limits.stop())
  const secret = once(() => config.keySecret ?? installationSecret(config.dataDir, random))
  const mailQueue = mailer && openMailQueue({ ...standing, mailer, metrics, secret })
  if (mailQueue) closers.push(() => mailQueue.stop())
  const signingKeys = openSigningKeys({ ...standing, secret })
  const send = tracedSend(openSend(within(config.privateNetworks)), trace)
  const openid = openId(signingKeys, standing)
  const webhooks = config.webhooks
    ? startWebhooks({
        ...standing,
        ...{ secret, send, subjectOf: encodeId },
        logoutToken: (logout) => logoutToken(logout, { ...standing, openid }),
      })
    : null
  closers.push(async () => webhooks?.stop())
  const documents = loadOnce(async () =>
    (await import('./oauth/client-document.ts')).clientDocuments({ ...standing, brand, send }),
  )
  const server = await app({
    ...machine,
    ...standing,
    store: countingStore(store, metrics),
    metrics,
    tracing,
    brand: config.brand,
    links: config.links,
    trustedProxies: config.trustedProxies ?? [],
    knowsNetworks,
    refreshGraceMs: config.refreshGraceMs,
    takesDevices: config.deviceLogin,
    takesPushed: config.pushedRequests,
    webhooks,
    takesAgents: config.agents,
    readClientDocument: config.clientDocuments ? async (address) => (await documents())(address) : null,
    resourceServers: config.resourceServers,
    subjectOf: encodeId,
    openid: config.openid ? openid : null,
    developmentApp: samples?.apiKey ?? null,
    emulator,
    sampleHandles: samples?.handles ?? [],
    limits,
    mailQueue,
    outbox,
    confirmsByLink: mailQueue !== null && samples?.confirmsByLink !== false,
    commonPasswords,
    uploads,
    imports,
    usage,
    content: uploads.content,
    samples: openContentFolder(fileURLToPath(new URL('assets/seed/', packageRoot))),
    ...assets,
    traffic,
  })
  await server.listen({ host: config.host, port: config.port })
  const sweptBy = config.database === null ? null : node
  const sweeper = startSweeper({ store: sweptStore(store, config.auditMs, sweptBy), clock, log })
  const upkeep = setInterval(() => {
    Promise.all([uploads.sweep(), sealer.renew(), signingKeys.renew()]).catch((error: unknown) =>
      log.warn({ err: error }, 'upkeep failed'),
    )
  }, upkeepEvery)
  return {
    store,
    load: () => Promise.all([documents(), server.load()]),
    renewKeys: () => signingKeys.renew(),
    sendWebhooks: async () => webhooks?.send(),
    sendMails: async () => mailQueue?.send(),
    drain() {
      usage.live.end()
      return traffic.drain()
    },
    async stop() {
      clearInterval(upkeep)
      usage.live.end()
      emulator?.faults.end()
      const forceClose = setTimeout(() => server.closeAllConnections(), stopTimeout)
      // A connection that was busy when this began is kept alive once it is answered.
      const closingIdle = setInterval(() => server.closeIdleConnections(), 20)
      await server.close()
      clearInterval(closingIdle)
      clearTimeout(forceClose)
      await sweeper.stop()
      await webhooks?.stop()
      await mailQueue?.stop()
      await uploads.stop()
      await imports.ended()
      await usage.stop()
      await limits.stop()
      metrics.stop()
      await tracing?.stop()
      await store.close()
    },
  }
}

const instanceOf = (random: Random): string => Buffer.from(random(9)).toString('base64url')

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
