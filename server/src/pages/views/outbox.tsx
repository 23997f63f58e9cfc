import { layout } from './layout.tsx'
import type { Page } from './page.ts'

interface Outbox {
  readonly page: Page
  /** The newest first. */
  readonly mails: readonly {
    readonly to: string
    readonly subject: string
    readonly text: string
    readonly at: number
  }[]
  /** The origin whose links work. */
  readonly publicUrl: string
}

/** The page of the mail that a development server kept. */
export function outboxPage({ page, mails, publicUrl }: Outbox): string {
  return layout({
    page,
    title: 'Outbox',
    kind: 'wide',
    children: (
      <>
        <h1>Outbox</h1>
        <p class="quiet">
          A development server sends no mail, it keeps the last 50 here. To send them, set SMTP_URL and
          MAIL_FROM.
        </p>
        {mails.length === 0 && <p>No mail yet.</p>}
        {mails.map((mail) => (
          <section key={`${mail.at} ${mail.to} ${mail.text}`}>
            <h2>{mail.subject}</h2>
            <p class="quiet">
              To <bdi>{mail.to}</bdi>,{' '}
              <time>{new Date(mail.at).toISOString().slice(0, 19).replace('T', ' ')} UTC</time>
            </p>
            <pre>{linked(mail.text, publicUrl)}</pre>
          </section>
        ))}
      </>
    ),
  })
}

const linked = (text: string, publicUrl: string) =>
  text
    .trimEnd()
    .split(/(https?:\/\/\S+)/)
    .map((piece) => (piece.startsWith(`${publicUrl}/`) ? <a href={piece}>{piece}</a> : piece))
