import type { OpenId } from './id-token.ts'

/** What an ID token of ours says to whoever hands it back (OpenID Connect Core §3.1.2.1 `id_token_hint`). */
export interface Hint {
  readonly sub: string
  readonly aud: string
  readonly sid: string | null
}

/** Reads an ID token that was issued here, however long ago; undefined for anything else. */
export async function readHint(
  token: string,
  { openid, issuer }: { readonly openid: OpenId; readonly issuer: string },
): Promise<Hint | undefined> {
  const verified = await openid.keys.read(token)
  if (verified?.protectedHeader.typ !== 'JWT') return undefined
  const claims: Readonly<Record<string, unknown>> = JSON.parse(new TextDecoder().decode(verified.payload))
  const { iss, sub, aud, sid } = claims
  if (iss !== issuer || typeof sub !== 'string' || typeof aud !== 'string') return undefined
  return { sub, aud, sid: typeof sid === 'string' ? sid : null }
}
