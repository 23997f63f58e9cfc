import { type Config, readConfig } from '../config.ts'
import { type Machine, type Running, start } from '../server.ts'
import { openServerStore } from '../store/open.ts'
import { openSharedClock } from '../store/shared-clock.ts'
import { readArguments } from './arguments.ts'
import { findingsAtStart } from './doctor-checks.ts'
import { loadAhead } from './load-ahead.ts'
import { warnOfMisspelt } from './misspelt.ts'
import { runUntilEnd } from './run-until-end.ts'
import type { Ending, Terminal } from './terminal.ts'
import { workersOf } from './workers/count.ts'
import { message } from './workers/messages.ts'
import type { Primary } from './workers/processes.ts'
import { startWorkers } from './workers/supervise.ts'
import { joinWorkers } from './workers/worker.ts'

export const serveHelp = `stagedoor serve

Starts the server of an installation. It is configured by its environment:

  PUBLIC_URL             the origin under which everyone reaches it, such as https://login.example.com (required)
  DATA_DIR               the folder that keeps the database and the uploads (required)
  DATABASE_URL           a PostgreSQL that keeps the database instead, such as postgres://user:password@host/stagedoor
  MEDIA_URL              a bucket that keeps what is served, such as s3://bucket?region=eu-central-1; its keys are in
                         AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (a folder in DATA_DIR)
  DATABASE_CONNECTIONS   connections to it at most (10)
  DATABASE_PREPARES      false prepares no statements by name, for a pooler that cannot have them (true)
  WORKERS                how many processes serve the port, or auto for one a processor; more than 1 need DATABASE_URL and
                         MEDIA_URL (1)
  HOST, PORT             where to listen (0.0.0.0, 4400)
  BRAND_NAME             whose "Log in with ..." this is (Audius)
  TERMS_URL, PRIVACY_URL, SUPPORT_URL
                         pages of yours, or a mailto:, that every page leads to (none)
  REFRESH_GRACE_SECONDS  how long a used refresh token still answers racing tabs (10; 0 to 60)
  MAX_UPLOAD_BYTES       the largest file that may be uploaded (524288000)
  UPLOAD_QUOTA_BYTES     what one user, or one address without a token, may have open at once (5242880000)
  UPLOAD_FREE_BYTES      what uploads leave free on the disk (1048576000)
  UPLOADS_REQUIRE_AUTH   true refuses uploads without an access token (false)
  API_PLAN               free holds apps to limits, unlimited does not (free)
  UNLIMITED_API_KEYS     the API keys that are unlimited though the plan is free
  TRUSTED_PROXIES        the proxies whose X-Forwarded-For is trusted, such as 127.0.0.1,10.0.0.0/8, or none
                         (required when PUBLIC_URL is https)
  OPENID_CONNECT         whether apps may ask who signed in (true)
  DPOP                   whether tokens may be bound to keys (true)
  PUSHED_REQUESTS        whether apps may send requests ahead of their browsers (true)
  DEVICE_LOGIN           whether devices without a browser may log in (true)
  CLIENT_DOCUMENTS       whether clients that nobody registered may introduce themselves by a document (true)
  WEBHOOKS               whether apps are told, at addresses of theirs, what becomes of their people (true)
  AGENTS                 whether agents may make the calls of the API as tools, at /mcp (true)
  PRIVATE_NETWORKS       networks that are not public and that documents and webhooks may lie in all the same (none)
  RESOURCE_SERVERS       id:secret of each other server that may ask what a token is worth (none)
  KEY_SECRET             what private keys are sealed under (a file in DATA_DIR)
  AUDIT_DAYS             how long the audit log keeps its entries (180)
  SMTP_URL, MAIL_FROM    how mail is sent, such as smtps://user:password@host:465, and whom it is from (none is sent)
  OTEL_EXPORTER_OTLP_ENDPOINT
                         a collector that takes traces of requests, such as http://localhost:4318 (none)
  OTEL_TRACES_SAMPLER_ARG
                         the part of requests that is traced (1)
  LOG_LEVEL              fatal, error, warn, info, debug, trace or silent (info)

  --json                 print one line of JSON when it is ready`

/** `stagedoor serve`: runs until the process is asked to end. */
export async function serve(args: readonly string[], terminal: Terminal): Promise<void> {
  const { stopped } = terminal
  const { values } = readArguments(args, { json: { type: 'boolean' } })
  const config = readConfig(terminal.settings)
  const machine = terminal.machine(config.logLevel)
  const { processes } = terminal
  if (processes.primary !== null) return serveAsWorker(config, machine, processes.primary, stopped)
  warnOfMisspelt(terminal.settings, machine.log)
  const count = workersOf(config, processes.available)
  const workers = count > 1 ? await startWorkers(count, processes, machine.log) : null
  const running = workers ?? (await startNode(config, machine))
  for (const [check, { words }] of await findingsAtStart(config, machine.descriptors))
    machine.log.warn({ check }, words)
  terminal.out(
    values.json ? JSON.stringify({ url: config.publicUrl }) : `Stagedoor serves ${config.publicUrl}`,
  )
  await runUntilEnd(running, stopped)
}

async function serveAsWorker(
  config: Config,
  machine: Machine,
  primary: Primary,
  stopped: Promise<Ending>,
): Promise<void> {
  const log = machine.log.child({ worker: primary.number })
  const { shareMetrics, dataDir } = joinWorkers(config.dataDir, primary)
  const running = await startNode({ ...config, dataDir }, { ...machine, log, shareMetrics })
  primary.send(message('ready'))
  await runUntilEnd(running, stopped)
}

async function startNode(config: Config, machine: Machine): Promise<Pick<Running, 'drain' | 'stop'>> {
  const store = await openServerStore(config, machine.log)
  const shared = config.database === null ? null : await openSharedClock({ ...machine, store })
  const clock = shared?.now ?? machine.clock
  const running = await start(config, store, { ...machine, clock }, null)
  loadAhead(running, machine.log)
  return {
    drain: () => running.drain(),
    stop() {
      shared?.stop()
      return running.stop()
    },
  }
}
