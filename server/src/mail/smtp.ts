import { isLoopbackHost } from '../apps/loopback.ts'
import { longestSendMs, type Mailer } from './mailer.ts'

/** How an installation sends its mail. */
export interface SmtpSettings {
  /** `smtps://user:password@host:port`, or `smtp://…` with STARTTLS. */
  readonly url: URL
  /** Whom mail comes from: an address, or a name and an address in angle brackets. */
  readonly from: string
}

/** Milliseconds for all that precedes the first command. */
const connectTimeoutMs = 10_000
/**
 * Milliseconds for an answer. A server that looks through a mail takes its time once it has all of it, and whoever does not wait sends it
 * again (RFC 5321 §4.5.3.2.6).
 */
const answerTimeoutMs = 120_000

/**
 * Sends mail to a server by SMTP (RFC 5321), one connection for each. Anywhere but on this machine nothing is said
 * before the connection is encrypted (RFC 3207) and the server's certificate proven.
 */
export function smtpMailer(settings: SmtpSettings): Mailer {
  const { from } = settings
  let transport: ReturnType<typeof transportOf> | undefined
  return {
    send: async ({ to, subject, text }) => {
      transport ??= transportOf(settings)
      // As an object an address is never read as a list of several.
      const message = { from, to: { name: '', address: to }, subject, text }
      await (await transport).sendMail({ ...message, signal: AbortSignal.timeout(longestSendMs) })
    },
  }
}

/** Connects and proves who sends, and sends nothing. @throws Error when the mail server would take no mail */
export async function checkSmtp(settings: SmtpSettings): Promise<void> {
  await (await transportOf(settings)).verify()
}

/** Loaded for the first mail: a server that has just started answers without it. */
async function transportOf({ url }: SmtpSettings) {
  const { createTransport } = await import('nodemailer')
  const isHere = isLoopbackHost(url.hostname)
  const isSecure = url.protocol === 'smtps:'
  return createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isHere,
    tls: { rejectUnauthorized: !isHere },
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: answerTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
