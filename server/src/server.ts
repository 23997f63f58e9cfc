import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { type CommonPasswords, commonPasswords } from './accounts/common-passwords.ts'
import { countAttempts } from './accounts/login-throttle.ts'
import { nameKey } from './apps/display-name.ts'
import type { Config } from './config.ts'
import type { Random } from './crypto/secret.ts'
import { readAssets } from './http/static-files.ts'
import { openOutbox } from './mail/outbox.ts'
import { openPost } from './mail/queue.ts'
import { smtpMailer } from './mail/smtp.ts'
import { app } from './routes.ts'
import type { Store } from './store/contract/store.ts'
import { openSqliteStore } from './store/sqlite/store.ts'
import { openContentFolder } from './uploads/content/folder.ts'
import { findTranscoder } from './uploads/processing/ffmpeg.ts'
import { openUploads } from './uploads/start.ts'
import { openUsage } from './usage/start.ts'

/** What a server takes from the machine it runs on. */
export interface Machine {
  readonly log: Logger
  /** Milliseconds since the Unix epoch. */
  readonly clock: () => number
  readonly random: Random
}

/** What development adds: an app whose loopback URIs need no registration, and accounts to sign in as. */
export interface Samples {
  readonly apiKey: string
  readonly handles: readonly string[]
  /** Whether new accounts confirm their email by the link, as they do in an installation, instead of at once. */
  readonly confirmsByLink: boolean
}

export interface Running {
  readonly store: Store
  /** Answers what is under way (10 s at most), refuses the rest, commits, closes. */
  stop(): Promise<void>
}

/** This file stands one folder below the package, as a source and as a build. */
const packageRoot = new URL('../', import.meta.url)

/** The passwords that nobody may choose. */
export const isCommonPassword: CommonPasswords = commonPasswords(
  new URL('assets/common-passwords.bin', packageRoot),
)

const sweepEvery = 60_000
const sweepRows = 1000
const patience = 10_000

/** Opens the store of an installation; its folder is made when it is not there. */
export function openStore(dataDir: string | null): Store {
  if (dataDir === null) return openSqliteStore({ file: ':memory:' })
  mkdirSync(dataDir, { recursive: true })
  return openSqliteStore({ file: join(dataDir, 'stagedoor.db') })
}

/**
 * Starts a server on an open store.
 * @throws Error when the address cannot be listened on; the store is closed then.
 */
export async function start(
  config: Config,
  store: Store,
  machine: Machine,
  samples: Samples | null,
): Promise<Running> {
  const { log, clock, random } = machine
  // An imitation is found among names that were folded by the same rules.
  await store.refoldAppNames(nameKey)
  const rules = {
    maxBytes: config.maxUploadBytes,
    quotaBytes: config.uploadQuotaBytes,
    freeBytes: config.uploadFreeBytes,
    requireAuth: config.uploadsRequireAuth,
  }
  const standing = { store, log, clock, random, issuer: config.publicUrl }
  const uploads = await openUploads(config.dataDir, { ...standing, rules }, findTranscoder())
  // A proxy that is not named stands for everybody behind it.
  const knowsNetworks = config.trustedProxies.length > 0 || config.publicUrl.startsWith('http:')
  const usage = openUsage({ ...config, knowsNetworks }, standing)
  const outbox = samples !== null && config.smtp === null ? openOutbox(clock) : null
  const mailer = config.smtp === null ? outbox : smtpMailer(config.smtp)
  const post = mailer && openPost(mailer, log)
  const server = app({
    ...standing,
    requestId: () => Buffer.from(random(9)).toString('base64url'),
    brand: config.brand,
    trustedProxies: config.trustedProxies,
    knowsNetworks,
    refreshGraceMs: config.refreshGraceMs,
    developmentApp: samples?.apiKey ?? null,
    sampleHandles: samples?.handles ?? [],
    attempts: countAttempts(),
    post,
    outbox,
    confirmsByLink: post !== null && samples?.confirmsByLink !== false,
    isCommonPassword,
    uploads,
    usage,
    content: uploads.content,
    samples: openContentFolder(fileURLToPath(new URL('assets/seed/', packageRoot))),
    ...readAssets(packageRoot),
  })
  try {
    await server.listen({ host: config.host, port: config.port })
  } catch (error) {
    await uploads.stop()
    await usage.stop()
    await store.close()
    throw error
  }
  const sweeper = setInterval(() => {
    Promise.all([store.sweep(clock(), sweepRows), uploads.sweep()]).catch((error: unknown) =>
      log.warn({ err: error }, 'sweeping failed'),
    )
  }, sweepEvery)
  return {
    store,
    async stop() {
      clearInterval(sweeper)
      usage.live.end()
      const impatience = setTimeout(() => server.server.closeAllConnections(), patience)
      // A connection that was busy when this began is kept alive once it is answered.
      const tidying = setInterval(() => server.server.closeIdleConnections(), 20)
      await server.close()
      clearInterval(tidying)
      clearTimeout(impatience)
      await post?.stop()
      await uploads.stop()
      await usage.stop()
      await store.close()
    },
  }
}
