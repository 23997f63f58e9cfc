import type { Request } from '../http/message.ts'
import type { Dpop } from '../oauth/dpop/dpop.ts'

/** The thumbprint of the key that a client proves at an endpoint of the protocol (RFC 9449 §5, §10.1); null for none. */
export async function provenKey(
  request: Request,
  { dpop }: { readonly dpop: Dpop | null },
): Promise<string | null> {
  if (dpop === null || request.proofs.length === 0) return null
  return dpop.keyOf(request, { to: 'endpoint', accessToken: null })
}
