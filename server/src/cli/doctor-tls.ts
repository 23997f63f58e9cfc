import { isIP } from 'node:net'
import type { Config } from '../config.ts'
import { answerTimeout, type Finding, look, right, said, wrong } from './doctor-finding.ts'

const dayMs = 86_400_000
/** Days that a certificate should have left: what renews them by itself does so with more. */
const fewDays = 14

/** How long the certificate of the public address still holds; whether it is trusted, its own check says. */
export async function certificate({ publicUrl }: Pick<Config, 'publicUrl'>): Promise<Finding> {
  const url = new URL(publicUrl)
  if (url.protocol !== 'https:') return right(`${publicUrl} has none.`)
  try {
    const until = await endOfCertificate(url)
    const days = Math.floor((until - Date.now()) / dayMs)
    const words = `It ends on ${new Date(until).toISOString().slice(0, 10)}`
    if (days < 0) return wrong(`${words}: that is over. Renew it.`)
    return days < fewDays ? look(`${words}, in ${days} days. Renew it.`) : right(`${words}, in ${days} days.`)
  } catch (error) {
    return look(`None is shown (${said(error)}). Ask again while what ends TLS runs.`)
  }
}

async function endOfCertificate({ hostname, port }: URL): Promise<number> {
  const { connect } = await import('node:tls')
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...{ host, port: Number(port || 443), timeout: answerTimeout },
      ...(isIP(host) === 0 ? { servername: host } : {}),
      // One that nobody trusts is looked at too; nothing is sent.
      rejectUnauthorized: false,
    })
    socket.once('secureConnect', () => {
      const end = Date.parse(socket.getPeerCertificate().valid_to)
      socket.destroy()
      if (Number.isNaN(end)) reject(new Error('it says no end'))
      else resolve(end)
    })
    socket.once('timeout', () => socket.destroy(new Error('no answer')))
    socket.once('error', reject)
  })
}

/** Whether whoever leaves out the https comes to it all the same; nothing listens beside another port than the usual one. */
export async function plainHttp({ publicUrl }: Pick<Config, 'publicUrl'>): Promise<Finding> {
  const url = new URL(publicUrl)
  if (url.protocol !== 'https:' || url.port !== '') return right('Nobody is led from http to https here.')
  return plainHttpFinding(`http://${url.hostname}/`, publicUrl)
}

/** What an http address answers, which should lead to https. */
export async function plainHttpFinding(address: string, publicUrl: string): Promise<Finding> {
  try {
    const options = { signal: AbortSignal.timeout(answerTimeout), redirect: 'manual' } as const
    const answer = await fetch(address, options)
    await answer.arrayBuffer()
    const location = answer.headers.get('location') ?? ''
    if (URL.parse(location, address)?.origin === publicUrl) return right(`${address} leads to ${publicUrl}.`)
    return answer.status >= 300 && answer.status < 400
      ? wrong(`${address} leads to ${location}. Lead it to ${publicUrl}.`)
      : look(`${address} answers ${answer.status} without https. Lead it to ${publicUrl}.`)
  } catch (error) {
    return look(`Nothing answers at ${address} (${said(error)}). Lead it to ${publicUrl}.`)
  }
}
