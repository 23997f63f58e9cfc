import { json, type Reply, type Request } from '../http/message.ts'
import { readForm } from '../http/params.ts'
import type { PageDeps } from '../pages/page-deps.ts'

/** What of a request arrives behind the proxies: whom the server takes it to be from, and the header that says so. */
export interface Arrived {
  readonly address: string
  readonly forwardedFor: string | null
}

/** Milliseconds for which the doctor may ask. */
const askedFor = 60_000

type AliveDeps = Pick<PageDeps, 'sealer' | 'clock'>

/** What the doctor asks with: it has the keys of the installation, and nobody else is told what arrives. */
export const doctorQuestion = ({ sealer, clock }: AliveDeps): string =>
  Buffer.from(sealer.seal('doctor', String(clock() + askedFor))).toString('base64url')

/** `GET /healthz`: says that the process is alive, and to the doctor how its request arrived. */
export function alive(request: Request, deps: AliveDeps): Reply {
  const status = 'alive'
  const asked = readForm(request.query).get('doctor')
  if (asked === undefined) return json(200, { status })
  const until = deps.sealer.unseal('doctor', Buffer.from(asked, 'base64url'))
  if (until === undefined || Number(until) <= deps.clock()) return json(200, { status })
  const arrived: Arrived = {
    address: request.address,
    forwardedFor: request.header('x-forwarded-for') ?? null,
  }
  return json(200, { status, arrived })
}
