import type { Reply } from '../http/message.ts'
import type { Outbox } from '../mail/outbox.ts'
import type { PageDeps } from './page-deps.ts'
import { pageOf, render } from './render.ts'
import { outboxPage } from './views/outbox.tsx'

/** `GET /dev/outbox`, in development alone: the mail that was sent. */
export function showOutbox(outbox: Outbox, deps: PageDeps): Reply {
  const page = outboxPage({ page: pageOf(deps), mails: outbox.list(), publicUrl: deps.issuer })
  return render(200, page, null, [])
}
