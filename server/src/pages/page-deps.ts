import type { CommonPasswords } from '../accounts/common-passwords.ts'
import type { Outbox } from '../mail/outbox.ts'
import type { MailQueue } from '../mail/queue.ts'
import type { AuthorizeDeps } from '../oauth/authorize.ts'
import type { Dpop } from '../oauth/dpop/dpop.ts'
import type { Webhooks } from '../outgoing/webhooks/start.ts'
import type { Limits } from '../rate-limits/limits.ts'
import type { Emulator } from '../usage/emulator/emulator.ts'

/** What the pages need beyond the protocol. */
export interface PageDeps extends AuthorizeDeps {
  /** Null where apps are not told what becomes of their people. */
  readonly webhooks: Webhooks | null
  /** Null where no token is bound to a key. */
  readonly dpop: Dpop | null
  /** URL of the stylesheet. */
  readonly stylesheet: string
  /** URL of what only the pages of a member need to look as they do. */
  readonly memberStylesheet: string
  /** URL of the script that adds comfort to the pages of a member. */
  readonly memberScript: string
  /** URL of the script by which browsers use passkeys. */
  readonly passkeyScript: string
  /** Where the operator says what people may expect. */
  readonly links: Readonly<Record<'terms' | 'privacy' | 'support', string | null>>
  /** What is counted of whom, and slowed down. */
  readonly limits: Limits
  /** The way of mail; `null` where none is sent. */
  readonly mailQueue: MailQueue | null
  /** Passwords that nobody may choose. */
  readonly commonPasswords: CommonPasswords
  /** Whether a new account confirms its email by a link. Else it is confirmed at once, or, without mail, by the operator. */
  readonly confirmsByLink: boolean
  /** Development only: the mail that was sent. */
  readonly outbox: Outbox | null
  /** Development only: what the server can be told to do. */
  readonly emulator: Emulator | null
  /** Where other machines of its network reach this one, as far as it knows. */
  readonly ownAddress: string | null
  /** Whether the address of a request is that of whoever sends it. */
  readonly knowsNetworks: boolean
  /** Development only: the handles of the sample accounts to sign in as with one click. */
  readonly sampleHandles: readonly string[]
}
