import { isIP } from 'node:net'
import { parseApiKeys } from './apps/api-key.ts'
import { isLoopbackHost } from './apps/loopback.ts'
import { contactAddress } from './http/contact-address.ts'
import { readNetworks } from './http/ip-address.ts'
import type { SmtpSettings } from './mail/smtp.ts'
import { sender, smtpUrl } from './mail/smtp-settings.ts'
import { logLevels, type SettingName, settings as settingsByName, writtenFault } from './settings.ts'

/** What an installation decides, read once at start and frozen. */
export interface Config {
  /** The origin under which everyone reaches this server; the OAuth issuer. */
  readonly publicUrl: string
  /** Where the files lie, and the database unless there is another; `null` keeps everything in memory. */
  readonly dataDir: string | null
  /** The PostgreSQL that several nodes share; `null` keeps a database in the data folder. */
  readonly database: DatabaseSettings | null
  /** The bucket that keeps what is served; `null` keeps it in the data folder. */
  readonly media: MediaSettings | null
  /** How many processes serve the port; `auto` for as many as the machine runs at once. */
  readonly workers: number | 'auto'
  readonly host: string
  readonly port: number
  /** Addresses and networks of the proxies whose word on where a request comes from is taken; `null` when nobody said. */
  readonly trustedProxies: readonly string[] | null
  /** Whose "Log in with …" this is. */
  readonly brand: string
  /** Where the operator says what people may expect; `null` where they do not. */
  readonly links: Readonly<Record<'terms' | 'privacy' | 'support', string | null>>
  /** How long a used refresh token still answers with the same pair, in milliseconds. */
  readonly refreshGraceMs: number
  readonly logLevel: LogLevel
  /** Bytes of the largest file that may be uploaded. */
  readonly maxUploadBytes: number
  /** Bytes that the open uploads of one user, or of one address without a token, may reserve together. */
  readonly uploadQuotaBytes: number
  /** Bytes of the disk that uploads leave free. */
  readonly uploadFreeBytes: number
  /** Whether uploads without an access token are refused. */
  readonly uploadsRequireAuth: boolean
  /** The plan whose limits hold for the API calls of every app. */
  readonly plan: 'free' | 'unlimited'
  /** The apps that have no limit though the others have. */
  readonly unlimitedApiKeys: ReadonlySet<string>
  /** How long the audit log keeps its entries, in milliseconds. */
  readonly auditMs: number
  /** Whether apps may ask who signed in (OpenID Connect). */
  readonly openid: boolean
  /** What private keys are sealed under in the database; `null` for a file in the data folder. */
  readonly keySecret: string | null
  /** Whether apps are told what becomes of their people, and whether tokens may be bound to keys. */
  readonly webhooks: boolean
  readonly dpop: boolean
  /** Whether apps may send authorization requests ahead of their browsers. */
  readonly pushedRequests: boolean
  /** Whether devices without a browser may log in. */
  readonly deviceLogin: boolean
  /** Whether clients that nobody has registered may introduce themselves by a document. */
  readonly clientDocuments: boolean
  /** Whether agents may make the calls of the API as tools. */
  readonly agents: boolean
  /** Networks that are not public, and that addresses named by strangers may lead to all the same. */
  readonly privateNetworks: readonly string[]
  /** The operator's other servers that may ask what a token is worth. */
  readonly resourceServers: readonly { readonly id: string; readonly secret: string }[]
  /** How mail is sent; `null` sends none. */
  readonly smtp: SmtpSettings | null
  /** Where traces of requests go, and of which part of them; `null` makes none. */
  readonly tracing: { readonly endpoint: string; readonly ratio: number } | null
}

/** A PostgreSQL and how to speak to it. */
export interface DatabaseSettings {
  readonly url: string
  /** Connections of one node at most. */
  readonly connections: number
  /** Whether statements are prepared by name. */
  readonly prepares: boolean
}

/** A bucket of an S3-compatible store, and where in it. */
export interface MediaSettings {
  readonly bucket: string
  readonly prefix: string
  readonly region: string
  readonly endpoint: string | null
}

type LogLevel = (typeof logLevels)[number]

/** Settings by name, as the environment has them; an empty one is not set. */
export type Settings = Readonly<Record<string, string | undefined>>

/** A start that something of this machine is in the way of; the words say what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** A start that cannot go on, with one line for each setting that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
  }
}

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(settingsByName)

/** The PostgreSQL that settings name; `null` where they name none. @throws ConfigError when they name it wrongly */
export function readDatabase(settings: Settings): DatabaseSettings | null {
  const named = Object.entries(settings).filter(([name]) => name.startsWith('DATABASE_'))
  return readConfig(Object.fromEntries(named), 'development').database
}

/** The bucket that an address names, as MEDIA_URL has it. @throws ConfigError when it names it wrongly */
export const readMedia = (address: string): MediaSettings | null =>
  readConfig({ MEDIA_URL: address }, 'development').media

/**
 * Reads the configuration of a server.
 * @param settings the environment
 * @param kind in development DATA_DIR may be missing, which keeps everything in memory, and PUBLIC_URL, which is then on
 * localhost; it may be http on any host, for phones on the same network
 * @throws ConfigError naming every setting that is missing or wrong.
 */
export function readConfig(settings: Settings, kind: 'production' | 'development' = 'production'): Config {
  const isDevelopment = kind === 'development'
  const problems: string[] = []
  const read = <T>(name: SettingName, fallback: T, parse: (text: string) => T | undefined): T => {
    const text = settings[name] || undefined
    if (text === undefined) return fallback
    const value = parse(text)
    // What may hold a password is not repeated.
    const given = unrepeated.get(name) ?? JSON.stringify(text)
    const fault = value === undefined ? `is ${given}. ${settingsByName[name].rule}` : writtenFault(name, text)
    if (fault !== undefined) problems.push(`${name} ${fault}`)
    return value ?? fallback
  }
  for (const name of isDevelopment ? [] : (['PUBLIC_URL', 'DATA_DIR'] as const))
    if (!settings[name]) problems.push(`${name} is not set. ${settingsByName[name].rule}`)
  for (const [name, other] of [
    ['SMTP_URL', 'MAIL_FROM'],
    ['MAIL_FROM', 'SMTP_URL'],
  ] as const)
    if (settings[name] && !settings[other])
      problems.push(`${other} is not set, and ${name} is. ${settingsByName[other].rule}`)
  const url = read<URL | null>('SMTP_URL', null, smtpUrl)
  const from = read<string | null>('MAIL_FROM', null, sender)
  const databaseAt = read<string | null>('DATABASE_URL', null, databaseUrl)
  const endpoint = read<string | null>('OTEL_EXPORTER_OTLP_ENDPOINT', null, webAddress)
  const ratio = read('OTEL_TRACES_SAMPLER_ARG', 1, part)
  const connections = read('DATABASE_CONNECTIONS', 10, (text) => wholeNumber(text, 1, 1000))
  const prepares = read('DATABASE_PREPARES', true, (text) => flags.get(text))
  const port = read('PORT', 4400, (text) => wholeNumber(text, 1, 65_535))
  const ownOrigin = isDevelopment ? `http://localhost:${port}` : ''
  const config: Config = {
    publicUrl: read('PUBLIC_URL', ownOrigin, (text) => origin(text, isDevelopment)),
    dataDir: read<string | null>('DATA_DIR', null, String),
    database: databaseAt === null ? null : { url: databaseAt, connections, prepares },
    media: read<MediaSettings | null>('MEDIA_URL', null, mediaUrl),
    workers: read<Config['workers']>('WORKERS', 1, workers),
    host: read('HOST', '0.0.0.0', listenable),
    port,
    trustedProxies: read<Config['trustedProxies']>('TRUSTED_PROXIES', null, readNetworks),
    brand: read('BRAND_NAME', 'Audius', brand),
    links: {
      terms: read<string | null>('TERMS_URL', null, contactAddress),
      privacy: read<string | null>('PRIVACY_URL', null, contactAddress),
      support: read<string | null>('SUPPORT_URL', null, contactAddress),
    },
    refreshGraceMs: read('REFRESH_GRACE_SECONDS', 10, (text) => wholeNumber(text, 0, 60)) * 1000,
    logLevel: read<LogLevel>('LOG_LEVEL', 'info', (text) => logLevels.find((level) => level === text)),
    maxUploadBytes: read('MAX_UPLOAD_BYTES', 500 * mebi, (text) => wholeNumber(text, 1, mostBytes)),
    uploadQuotaBytes: read('UPLOAD_QUOTA_BYTES', 5000 * mebi, (text) => wholeNumber(text, 1, mostBytes)),
    uploadFreeBytes: read('UPLOAD_FREE_BYTES', 1000 * mebi, (text) => wholeNumber(text, 0, mostBytes)),
    uploadsRequireAuth: read('UPLOADS_REQUIRE_AUTH', false, (text) => flags.get(text)),
    plan: read('API_PLAN', isDevelopment ? 'unlimited' : 'free', (text) =>
      plans.find((plan) => plan === text),
    ),
    unlimitedApiKeys: new Set(read('UNLIMITED_API_KEYS', [], parseApiKeys)),
    auditMs: read('AUDIT_DAYS', 180, (text) => wholeNumber(text, 1, 3650)) * 86_400_000,
    openid: read('OPENID_CONNECT', true, (text) => flags.get(text)),
    keySecret: read<string | null>('KEY_SECRET', null, (text) => (text.length < 32 ? undefined : text)),
    dpop: read('DPOP', true, (text) => flags.get(text)),
    pushedRequests: read('PUSHED_REQUESTS', true, (text) => flags.get(text)),
    deviceLogin: read('DEVICE_LOGIN', true, (text) => flags.get(text)),
    clientDocuments: read('CLIENT_DOCUMENTS', true, (text) => flags.get(text)),
    webhooks: read('WEBHOOKS', true, (text) => flags.get(text)),
    agents: read('AGENTS', true, (text) => flags.get(text)),
    // What somebody develops on their own machine is there.
    privateNetworks: read<readonly string[]>(
      'PRIVATE_NETWORKS',
      isDevelopment ? ['127.0.0.0/8', '::1'] : [],
      readNetworks,
    ),
    resourceServers: read<Config['resourceServers']>('RESOURCE_SERVERS', [], resourceServers),
    smtp: url && from ? { url, from } : null,
    tracing: endpoint === null ? null : { endpoint, ratio },
  }
  // Without it either everybody behind a proxy would be one address, or everybody could write their own.
  if (!isDevelopment && config.publicUrl.startsWith('https:') && !settings['TRUSTED_PROXIES'])
    problems.push(`TRUSTED_PROXIES is not set. ${settingsByName.TRUSTED_PROXIES.rule}`)
  // The nodes of one database read what one of them has sealed.
  if (!isDevelopment && config.database !== null && config.keySecret === null && !settings['KEY_SECRET'])
    problems.push(`KEY_SECRET is not set, and DATABASE_URL is. ${settingsByName.KEY_SECRET.rule}`)
  // What a data folder keeps has one writer, and takes files on their way at one node.
  if (!isDevelopment && config.workers !== 'auto' && config.workers > 1)
    for (const name of ['DATABASE_URL', 'MEDIA_URL'] as const)
      if (!settings[name])
        problems.push(`${name} is not set, and WORKERS is ${config.workers}. ${settingsByName.WORKERS.rule}`)
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(config)
}

/** Settings that may hold a secret, and what is said of a wrong one. */
const unrepeated: ReadonlyMap<string, string> = new Map([
  ['SMTP_URL', 'not such a URL'],
  ['DATABASE_URL', 'not such a URL'],
  ['KEY_SECRET', 'too short'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'not such a URL'],
  ['RESOURCE_SERVERS', 'not such a list'],
])

const mebi = 1024 * 1024
const mostBytes = 999_999_999_999_999
const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

const plans = ['free', 'unlimited'] as const

function origin(text: string, isHttpFine: boolean): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPrivate = isHttpFine || isLoopbackHost(url.hostname)
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && isPrivate)
  return isWeb && url.href === `${url.origin}/` ? url.origin : undefined
}

// What is made of digits and dots alone is an address, or none.
function listenable(text: string): string | undefined {
  const isName = /^(?!-)[a-z\d-]+(\.[a-z\d-]+)*$/i.test(text) && !/^[\d.]+$/.test(text)
  return isIP(text) !== 0 || isName ? text : undefined
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : undefined
}

function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, username, password, search, hash } = new URL(text)
  const isBare = username + password + search + hash === ''
  return isBare && /^https?:$/.test(protocol) ? text : undefined
}

function part(text: string): number | undefined {
  const number = /^\d(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN
  return number >= 0 && number <= 1 ? number : undefined
}

function workers(text: string): Config['workers'] | undefined {
  return text === 'auto' ? text : wholeNumber(text, 1, 64)
}

function resourceServers(text: string): Config['resourceServers'] | undefined {
  const listed = text.split(',').map((each) => /^([\w-]{1,40}):([\w-]{32,200})$/.exec(each.trim()))
  const servers = listed.flatMap((match) => (match ? [{ id: match[1] ?? '', secret: match[2] ?? '' }] : []))
  return servers.length === listed.length ? servers : undefined
}

function mediaUrl(text: string): MediaSettings | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, host, pathname, username, searchParams } = new URL(text)
  const endpoint = searchParams.get('endpoint')
  const region = searchParams.get('region') ?? 'us-east-1'
  const isKnown = [...searchParams.keys()].every((name) => name === 'endpoint' || name === 'region')
  const isReachable = endpoint === null || (URL.canParse(endpoint) && /^https?:/.test(endpoint))
  const isBucket = protocol === 's3:' && host !== '' && username === '' && region !== ''
  const path = pathname.replace(/^\/+|\/+$/g, '')
  const prefix = path === '' ? '' : `${path}/`
  return isBucket && isKnown && isReachable ? { bucket: host, prefix, region, endpoint } : undefined
}

// The driver knows one host alone, and would take any other word for one of these modes.
function databaseUrl(text: string): string | undefined {
  if (!URL.canParse(text) || /%(?![\da-f]{2})/i.test(text)) return undefined
  const { protocol, hostname, pathname, searchParams } = new URL(text)
  const mode = searchParams.get('sslmode') ?? 'disable'
  const isKnown = /^(disable|prefer|require|verify-(ca|full)|no-verify)$/.test(mode)
  const isPlace = /^[^,]+$/.test(hostname) && pathname.length > 1
  return /^postgres(ql)?:$/.test(protocol) && isPlace && isKnown ? text : undefined
}

function brand(text: string): string | undefined {
  return text.trim() === text && text.length <= 40 && !/\p{C}/u.test(text) ? text : undefined
}
