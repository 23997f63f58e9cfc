import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/** One mail as it came. */
export interface Received {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and text, as they were sent. */
  readonly data: string
  readonly isEncrypted: boolean
  /** What was said to sign in, decoded; null when nothing was. */
  readonly login: string | null
}

export interface Manners {
  /** Offers STARTTLS, and signing in. */
  readonly offers?: readonly string[]
  /** Encrypts from the first byte. */
  readonly isSecure?: boolean
  /** What it says to `RCPT TO`, instead of taking it. */
  readonly refusal?: string
  /** Takes connections and says nothing. */
  readonly isSilent?: boolean
  /** Hangs up once it has all of a mail, which it forgets. */
  readonly hangsUp?: boolean
}

export interface SmtpServer {
  readonly port: number
  readonly received: readonly Received[]
  /** Every command, in its order. */
  readonly commands: readonly string[]
  /** Hangs up, and takes no connection any more. */
  stop(): void
}

const certificate = readFileSync(new URL('../server/test/mail/localhost.pem', import.meta.url), 'utf8')
const tls = { isServer: true, key: certificate, cert: certificate } as const

/**
 * A mail server: enough of RFC 5321, 3207 and 4954 to be sent mail to.
 * @param mannersOf how it is with each connection
 */
export async function startSmtpServer(
  mannersOf: Manners | ((connection: number) => Manners) = {},
): Promise<SmtpServer> {
  const received: Received[] = []
  const commands: string[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((plain) => {
    const manners = typeof mannersOf === 'function' ? mannersOf(connections++) : mannersOf
    sockets.add(plain)
    plain.on('error', () => plain.destroy())
    if (manners.isSilent) return
    converse(manners.isSecure ? encrypted(plain) : plain, manners, manners.isSecure ?? false, true)
  })
  server.listen(0)
  await once(server, 'listening')
  const stop = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  const address = server.address()
  if (!(address instanceof Object)) throw new Error('no port')
  return { port: address.port, received, commands, stop }

  function converse(socket: Socket, manners: Manners, isEncrypted: boolean, isNew: boolean): void {
    const say = (line: string) => socket.write(`${line}\r\n`)
    let mail: { from: string; to: string[] } = { from: '', to: [] }
    let login: string | null = null
    let data: string | null = null
    let rest = ''
    if (isNew) say('220 test ESMTP')
    socket.on('data', hear)

    function hear(bytes: Buffer): void {
      rest += bytes.toString('utf8')
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (data === null) obey(line)
        else if (line === '.' && manners.hangsUp) socket.destroy()
        else if (line === '.') {
          received.push({ ...mail, data, isEncrypted, login })
          data = null
          say('250 taken')
        } else data += `${line}\n`
      }
    }

    function obey(line: string): void {
      commands.push(line)
      const [verb = ''] = line.toUpperCase().split(' ')
      const path = /<(.*)>/.exec(line)?.[1] ?? ''
      if (verb === 'EHLO') {
        const offers = (manners.offers ?? []).filter((offer) => !(isEncrypted && offer === 'STARTTLS'))
        say(['250-test', ...offers.map((offer) => `250-${offer}`), '250 8BITMIME'].join('\r\n'))
      } else if (verb === 'STARTTLS') {
        say('220 go on')
        socket.off('data', hear)
        converse(encrypted(socket), manners, true, false)
      } else if (verb === 'AUTH') {
        login = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString()
        say('235 welcome')
      } else if (verb === 'MAIL') {
        mail = { from: path, to: [] }
        say('250 ok')
      } else if (verb === 'RCPT') {
        mail.to.push(path)
        say(manners.refusal ?? '250 ok')
      } else if (verb === 'DATA') {
        data = ''
        say('354 go on')
      } else say(verb === 'QUIT' ? '221 bye' : '250 ok')
    }
  }

  function encrypted(socket: Socket): Socket {
    const secure = new TLSSocket(socket, tls)
    secure.on('error', () => secure.destroy())
    return secure
  }
}
