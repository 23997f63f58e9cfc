import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { checkSmtp } from '../mail/smtp.ts'
import { openStore } from '../store/open.ts'
import { checkBucket } from '../uploads/bucket.ts'
import { findTranscoder } from '../uploads/processing/ffmpeg.ts'
import { answerTimeout, type Finding, look, right, said, wrong } from './doctor-finding.ts'
import { proxyHeaders } from './doctor-proxy.ts'
import { certificate, plainHttp } from './doctor-tls.ts'
import { workersOf } from './workers/count.ts'

/** Milliseconds by which two clocks may differ. */
const clockTolerance = 60_000
/** What a proxy answers in the place of a server that it cannot reach (RFC 9110 §15.6). */
const reachesNoServer = [502, 503, 504]
/** What a server needs for more than a few people at once. */
const fewDescriptors = 1024

/** Every check of an installation, in the order in which a start meets them; each tries for real. */
export const checks: readonly (readonly [name: string, check: (config: Config) => Promise<Finding>])[] = [
  ['data folder', dataFolder],
  ['database', database],
  ['object store', objectStore],
  ['mail', mail],
  ['traces', traces],
  ['ffmpeg', ffmpeg],
  ['public address', publicAddress],
  ['certificate', certificate],
  ['http', plainHttp],
  ['proxy headers', proxyHeaders],
]

async function dataFolder({ dataDir, uploadFreeBytes }: Config): Promise<Finding> {
  if (dataDir === null || !existsSync(dataDir))
    return look(`${dataDir} is not there yet. The first start makes it.`)
  const probe = join(dataDir, 'doctor.probe')
  try {
    writeFileSync(probe, 'probe', { flush: true })
    rmSync(probe)
  } catch (error) {
    return wrong(
      `Nothing can be written to ${dataDir} (${said(error)}). Give it to the user that runs the server.`,
    )
  }
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  return free < uploadFreeBytes
    ? look(
        `${free} bytes are free, less than UPLOAD_FREE_BYTES (${uploadFreeBytes}): uploads are refused. Make room.`,
      )
    : right(`${dataDir} can be written, and ${Math.floor(free / 1_000_000)} MB are free.`)
}

async function database(config: Config): Promise<Finding> {
  const where = config.database === null ? 'in the data folder' : 'DATABASE_URL'
  if (config.database === null && (config.dataDir === null || !existsSync(config.dataDir)))
    return look('The first start makes it.')
  try {
    const store = await openStore(config)
    try {
      await store.ping()
    } finally {
      await store.close()
    }
    return right(`The database (${where}) takes writes.`)
  } catch (error) {
    return wrong(`The database (${where}) cannot be used: ${said(error)}`)
  }
}

async function objectStore({ media }: Config): Promise<Finding> {
  if (media === null) return right('None is set: what is served lies in the data folder.')
  try {
    await checkBucket(media)
    return right(`The bucket ${media.bucket} keeps an object, answers it and deletes it.`)
  } catch (error) {
    return wrong(
      `The bucket ${media.bucket} cannot be used (${said(error)}). Check MEDIA_URL, its keys, and that they may put, get, list and delete objects.`,
    )
  }
}

const noMail = look(
  'SMTP_URL is not set: people cannot reset a password by themselves, and no email is confirmed.',
)

async function mail({ smtp }: Config): Promise<Finding> {
  if (smtp === null) return noMail
  try {
    await checkSmtp(smtp)
    return right(`${smtp.url.host} takes mail.`)
  } catch (error) {
    return wrong(
      `${smtp.url.host} takes no mail (${said(error)}). Check SMTP_URL: the host, the port and the password.`,
    )
  }
}

async function traces({ tracing }: Config): Promise<Finding> {
  if (tracing === null) return right('OTEL_EXPORTER_OTLP_ENDPOINT is not set: no traces are made.')
  try {
    await (await import('../metrics/tracing/otlp.ts')).checkTracing(tracing)
    return right(`${tracing.endpoint} takes traces.`)
  } catch (error) {
    return look(
      `${tracing.endpoint} takes no traces (${said(error)}). Check OTEL_EXPORTER_OTLP_ENDPOINT, that it listens for OTLP over HTTP, and OTEL_EXPORTER_OTLP_HEADERS.`,
    )
  }
}

async function ffmpeg(): Promise<Finding> {
  return (await findTranscoder()) === null
    ? look(
        'ffmpeg is not installed: audio is served as it came. Install it, such as by apt-get install ffmpeg.',
      )
    : right('ffmpeg is there.')
}

/** Whether browsers get to the server: by its name, with a certificate they trust, with its host. */
async function publicAddress({ publicUrl }: Config): Promise<Finding> {
  try {
    const options = { signal: AbortSignal.timeout(answerTimeout), redirect: 'manual' } as const
    const answer = await fetch(`${publicUrl}/healthz`, options)
    const text = await answer.text()
    if (reachesNoServer.includes(answer.status))
      return look(
        `The proxy at ${publicUrl} reaches no server (${answer.status}). Ask again while it runs; then the proxy leads elsewhere.`,
      )
    if (!text.includes('"alive"'))
      return wrong(
        `Something else answers at ${publicUrl} (${answer.status}). Lead the proxy to this server.`,
      )
    const page = await fetch(`${publicUrl}/`, options)
    await page.arrayBuffer()
    if (page.status !== 200)
      return wrong(`The page at ${publicUrl} answers ${page.status}. Let the proxy pass the Host header on.`)
    const apart = Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())
    return apart > clockTolerance
      ? wrong(`The clock there is ${Math.round(apart / 1000)} seconds from this one. Set both by NTP.`)
      : right(`${publicUrl} answers, with its own host and the same time.`)
  } catch (error) {
    const isUntrusted = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(said(error))
    return isUntrusted
      ? wrong(
          `Browsers do not trust ${publicUrl} (${said(error)}). Renew the certificate, with its whole chain.`,
        )
      : look(
          `No server answers at ${publicUrl} (${said(error)}). Ask again while it runs; then the name, the proxy or a firewall is in the way.`,
        )
  }
}

/** Whether enough files and connections may be open. */
export const descriptorsFinding = (descriptors: number): Finding =>
  descriptors < fewDescriptors
    ? look(`Only ${descriptors} files may be open: half as many people at once. Raise ulimit -n.`)
    : right(`${descriptors} files may be open.`)

/** Whether as many processes serve as the machine runs at once. */
export function workersFinding(config: Config, available: number): Finding {
  const count = workersOf(config, available)
  const all = `${count} of ${available} processors serve`
  if (config.database === null) return right('One process serves, as one writes to a data folder.')
  const connections = `, with ${count * config.database.connections} connections to PostgreSQL at most`
  return count > available
    ? look(`${count} processes serve on ${available} processors${connections}. Set WORKERS to auto.`)
    : right(`${all}${connections}.`)
}

/** What somebody should look at, as far as a start finds it without a network. */
export async function findingsAtStart(
  config: Config,
  descriptors: number,
): Promise<readonly (readonly [name: string, finding: Finding])[]> {
  const findings = [
    ['open files', descriptorsFinding(descriptors)],
    ['data folder', await dataFolder(config)],
    ...(config.smtp === null ? ([['mail', noMail]] as const) : []),
  ] as const
  return findings.filter(([, { status }]) => status !== 'right')
}
