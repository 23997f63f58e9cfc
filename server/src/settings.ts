/** What an operator can set. */
interface Setting {
  /** What it decides, in Markdown. */
  readonly what: string
  /** What it is unless it is set; null for nothing. */
  readonly fallback: string | null
  /** What stands for that, where there is more to say than "none". */
  readonly otherwise?: string
  /** What may stand in it: a sentence for whoever set it wrongly. */
  readonly rule: string
}

/** How much the log says, from the least. */
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Every setting by its name, as docs/configuration.md and what refuses a start have it. */
export const settings = {
  PUBLIC_URL: {
    what: 'the origin under which everyone reaches it: `https`, or `http` on localhost; no path',
    fallback: null,
    otherwise: 'required',
    rule: 'Set it to an origin such as https://login.example.com: no path, and http only for localhost.',
  },
  DATA_DIR: {
    what: 'the folder that keeps the database and the uploads',
    fallback: null,
    otherwise: 'required',
    rule: 'Set it to the folder that keeps the files, and the database unless DATABASE_URL names one.',
  },
  DATABASE_URL: {
    what: 'a PostgreSQL that keeps the database instead: [docs/postgres.md](postgres.md)',
    fallback: null,
    rule: 'Set it to postgres://user:password@host:5432/database; what a URL reserves stands as %xx, and ?sslmode=verify-full asks for TLS.',
  },
  MEDIA_URL: {
    what: 'an S3-compatible bucket that keeps what is served, and with `DATABASE_URL` files on their way: [docs/postgres.md](postgres.md)',
    fallback: null,
    rule: 'Set it to s3://bucket/prefix?region=eu-central-1, with &endpoint=https://host:port for a store that is not Amazon’s.',
  },
  DATABASE_CONNECTIONS: {
    what: 'connections of one node to PostgreSQL at most',
    fallback: '10',
    rule: 'Set it to a whole number from 1 to 1000.',
  },
  DATABASE_PREPARES: {
    what: 'whether statements are prepared by name; `false` for a pooler that cannot have them',
    fallback: 'true',
    rule: 'Set it to true or false.',
  },
  WORKERS: {
    what: 'how many processes serve the port, each a node on PostgreSQL with a bucket: [docs/postgres.md](postgres.md#workers)',
    fallback: '1',
    rule: 'Set it to a whole number from 1 to 64, or to auto for as many as there are processors; more than 1 need DATABASE_URL and MEDIA_URL, as one process alone writes to a data folder.',
  },
  HOST: {
    what: 'the address to listen on',
    fallback: '0.0.0.0',
    rule: 'Set it to the address to listen on, such as 0.0.0.0, ::1 or localhost.',
  },
  PORT: {
    what: 'the port to listen on',
    fallback: '4400',
    rule: 'Set it to a whole number from 1 to 65535.',
  },
  TRUSTED_PROXIES: {
    what: 'addresses and networks of the proxies in front, separated by commas, whose `X-Forwarded-For` is believed; or `none`',
    fallback: null,
    otherwise: 'required behind https',
    rule: 'Set it to the addresses or networks of the proxies in front, such as 127.0.0.1,10.0.0.0/8, or to none.',
  },
  BRAND_NAME: {
    what: 'whose "Log in with …" this is',
    fallback: 'Audius',
    rule: 'Set it to a name of 1 to 40 characters.',
  },
  TERMS_URL: {
    what: 'a page of yours with your terms, that every page leads to',
    fallback: null,
    rule: 'Set it to the address of a page, such as https://example.com/terms.',
  },
  PRIVACY_URL: {
    what: 'a page of yours about privacy, that every page leads to',
    fallback: null,
    rule: 'Set it to the address of a page, such as https://example.com/privacy.',
  },
  SUPPORT_URL: {
    what: 'a page of yours for who needs help, or a `mailto:`, that every page leads to',
    fallback: null,
    rule: 'Set it to the address of a page, or to mailto: and an address.',
  },
  REFRESH_GRACE_SECONDS: {
    what: 'how long a used refresh token answers with the same pair although it was seen; `0` never, nor for lost answers',
    fallback: '10',
    rule: 'Set it to a whole number from 0 to 60.',
  },
  MAX_UPLOAD_BYTES: {
    what: 'the largest file that may be uploaded: 500 MiB',
    fallback: '524288000',
    rule: 'Set it to a whole number of bytes from 1.',
  },
  UPLOAD_QUOTA_BYTES: {
    what: 'bytes that one user, or one address without a token, may have in open uploads',
    fallback: '5242880000',
    rule: 'Set it to a whole number of bytes from 1.',
  },
  UPLOAD_FREE_BYTES: {
    what: 'bytes of the disk that uploads leave free; below that they are refused with 507, or left to another node where `MEDIA_URL` names a bucket',
    fallback: '1048576000',
    rule: 'Set it to a whole number of bytes from 0.',
  },
  UPLOADS_REQUIRE_AUTH: {
    what: '`true` refuses uploads without an access token',
    fallback: 'false',
    rule: 'Set it to true or false.',
  },
  API_PLAN: {
    what: 'the plan of every app: `free`, or `unlimited`; `stagedoor dev` is unlimited unless it is set',
    fallback: 'free',
    rule: 'Set it to free or unlimited.',
  },
  UNLIMITED_API_KEYS: {
    what: 'the API keys, separated by commas, that are unlimited though the plan is free',
    fallback: null,
    rule: 'Set it to API keys of 40 hex digits, with commas between them.',
  },
  OPENID_CONNECT: {
    what: 'whether apps may ask who signed in: [docs/openid.md](openid.md)',
    fallback: 'true',
    rule: 'Set it to true or false.',
  },
  KEY_SECRET: {
    what: 'what the private keys in the database are sealed under: 32 random characters or more, the same on every server of an installation; unless it is set, `secret.key` in the data folder',
    fallback: null,
    otherwise: 'a file',
    rule: 'Set it to 32 random characters or more, the same on every server of the installation.',
  },
  DPOP: {
    what: 'whether tokens may be bound to keys (RFC 9449): [docs/openid.md](openid.md)',
    fallback: 'true',
    rule: 'Set it to true or false.',
  },
  PUSHED_REQUESTS: {
    what: 'whether apps may send requests ahead of their browsers (RFC 9126)',
    fallback: 'true',
    rule: 'Set it to true or false.',
  },
  DEVICE_LOGIN: {
    what: 'whether devices without a browser may log in (RFC 8628)',
    fallback: 'true',
    rule: 'Set it to true or false.',
  },
  CLIENT_DOCUMENTS: {
    what: 'whether clients that nobody registered may introduce themselves by a document: [docs/openid.md](openid.md)',
    fallback: 'true',
    rule: 'Set it to true or false.',
  },
  AGENTS: {
    what: 'whether agents may make the calls of the API as tools at `/mcp`: [docs/openid.md](openid.md)',
    fallback: 'true',
    rule: 'Set it to true or false.',
  },
  WEBHOOKS: {
    what: 'whether apps are told, at addresses of theirs, what becomes of their people ([docs/openid.md](openid.md)); off, what happens meanwhile is told once it is on again, of the last 14 days',
    fallback: 'true',
    rule: 'Set it to true or false.',
  },
  PRIVATE_NETWORKS: {
    what: "addresses and networks that are not public and that documents and webhooks may lie at all the same, separated by commas, or `none`; whatever answers there can then be asked by strangers. `stagedoor dev` takes this machine's own unless it is set",
    fallback: null,
    rule: 'Set it to the addresses or networks that documents and webhooks may lie in though they are not public, such as 10.1.2.0/24, or to none.',
  },
  RESOURCE_SERVERS: {
    what: '`id:secret` of each other server that may ask what a token is worth (RFC 7662), with commas between them; a secret has 32 to 200 letters, digits, `_` and `-`',
    fallback: null,
    rule: 'Set it to id:secret of each server, with commas between them: ids of letters, digits and hyphens, secrets of 32 to 200 letters, digits, _ and -.',
  },
  AUDIT_DAYS: {
    what: 'how long the audit log keeps its entries',
    fallback: '180',
    rule: 'Set it to a whole number of days from 1 to 3650.',
  },
  SMTP_URL: {
    what: 'how mail is sent, such as `smtps://user:password@smtp.example.com:465`, or `smtp://` with STARTTLS; with `MAIL_FROM`, or neither',
    fallback: null,
    rule: 'Set it to smtps://user:password@host:465, or smtp:// with STARTTLS; what a URL reserves stands as %xx.',
  },
  MAIL_FROM: {
    what: 'whom mail is from, such as `My Service <no-reply@example.com>`',
    fallback: null,
    rule: 'Set it to an address, or to a name and an address, such as My Service <no-reply@example.com>.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    what: 'the OpenTelemetry collector that takes traces, by OTLP over HTTP: [docs/running.md](running.md#traces)',
    fallback: null,
    rule: 'Set it to the address of a collector without /v1/traces, such as http://localhost:4318; what it asks for stands in OTEL_EXPORTER_OTLP_HEADERS.',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    what: 'the part of requests that is traced, of those whose caller does not say so by `traceparent`',
    fallback: '1',
    rule: 'Set it to a number from 0 to 1, such as 0.05.',
  },
  LOG_LEVEL: {
    what: 'one line of JSON on standard error for each request and each refusal; ids of uploads are shortened in it',
    fallback: 'info',
    rule: `Set it to one of ${logLevels.join(', ')}.`,
  },
} as const satisfies Readonly<Record<string, Setting>>

export type SettingName = keyof typeof settings

/**
 * What a file of settings has left in a value that fits otherwise, in words that go on from its name; undefined for nothing. Docker
 * takes such a file as it is, and a shell and systemd do not. A secret is what it is.
 */
export function writtenFault(name: SettingName, text: string): string | undefined {
  if (name === 'KEY_SECRET') return undefined
  if (/\p{Cc}/u.test(text))
    return 'has a character that cannot be seen. Write it without; a file of settings has line ends of Unix (LF), not of Windows (CRLF).'
  return /^(["']).*\1$/s.test(text)
    ? 'stands in quotes, and they are taken for a part of it. Write it without them.'
    : undefined
}
