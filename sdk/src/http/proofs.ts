import type { StagedoorError } from '../errors/errors.ts'

/** A request as its proof names it. */
export interface ProvenRequest {
  readonly method: string | undefined
  readonly url: string
  /** What goes with it; null where none does. */
  readonly accessToken: string | null
  /** Whether it redeems the code of a login, for which a key is made where there is none. */
  readonly isLogin?: boolean | undefined
}

/** Proves with every request that its sender has the key which the tokens are bound to (DPoP, RFC 9449). */
export interface Proofs {
  /** Makes the key of a login to come, unless tokens are stored already; its thumbprint is then known. */
  prepare(): Promise<void>
  /**
   * The proof of one request (RFC 9449 §4.2). Rejects with `unauthorized` where the key is gone, and with
   * `no_web_crypto`.
   */
  proof(request: ProvenRequest): Promise<string>
  /** Hears an answer's nonce (RFC 9449 §8); answers whether the request must be sent again with it. */
  hear(answer: Pick<Response, 'headers'>, body?: string): Promise<boolean>
}

/** What an instance knows of its key, and of its server. */
export interface Bound {
  /** The key's (RFC 7638), once it is known: for `dpop_jkt`. */
  thumbprint?: string | undefined
  /** Why no key can be had here. */
  failure?: StagedoorError | undefined
  /** The server's last nonce. */
  nonce?: string | undefined
  /** The key itself, where nothing else keeps it. */
  pair?: CryptoKeyPair | undefined
}

/** The header fields by which a request shows who sends it (RFC 6750 §2.1, RFC 9449 §7.1). */
export async function credentials(
  proofs: Proofs | undefined,
  request: ProvenRequest,
): Promise<Readonly<Record<string, string>>> {
  const { accessToken } = request
  const scheme = proofs ? 'DPoP' : 'Bearer'
  return {
    ...(accessToken !== null && { authorization: `${scheme} ${accessToken}` }),
    ...(proofs && { dpop: await proofs.proof(request) }),
  }
}
