import type { TestServer } from '@stagedoor/testkit/server'
import { Browser, decoded } from '@stagedoor/testkit/wire-browser'

/** Samples that make a server keep its mail, and put nothing else on its pages; new emails are confirmed at once. */
export const withOutbox = {
  apiKey: '0057a6ed000057a6ed000057a6ed000057a6ed00',
  handles: [],
  confirmsByLink: false,
} as const

/** The same, where new emails are confirmed by the link alone, as in an installation. */
export const byLink = { ...withOutbox, confirmsByLink: true } as const

export interface ReadMail {
  readonly subject: string
  readonly to: string
  readonly text: string
  /** The path and query of its link. */
  readonly link: string
}

/** The mail that a development server keeps for an address but for that of the sign-up, the newest first. */
export const mailTo = async (address: string, server: TestServer): Promise<readonly ReadMail[]> =>
  (await allMailTo(address, server)).filter(({ text }) => !text.includes('was opened with this address'))

/** Every mail that a development server keeps for an address, the newest first. */
export async function allMailTo(address: string, server: TestServer): Promise<readonly ReadMail[]> {
  const { text: page } = await new Browser(server.url).open('/dev/outbox')
  return [...page.matchAll(/<h2>(.*?)<\/h2>.*?<bdi>(.*?)<\/bdi>.*?<pre>(.*?)<\/pre>/gs)]
    .map(([, subject = '', to = '', body = '']) => {
      const text = decoded(body.replace(/<[^>]*>/g, ''))
      const url = /https?:\/\/\S+/.exec(text)?.[0] ?? server.url
      return { subject, to, text, link: url.slice(new URL(url).origin.length) }
    })
    .filter(({ to }) => to === address)
}
