import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import type { Sealer } from '../crypto/sealer.ts'
import { digest } from '../crypto/secret.ts'
import type { AuthorizationRequest, PendingRequest } from '../store/contract/oauth.ts'
import type { Digest } from '../store/contract/store.ts'

/** A request that its browser carries: nothing of it is stored before somebody signed in answers it. */
export interface SealedRequest extends PendingRequest {
  /** What stands in the address and in forms. */
  readonly text: string
}

/** Seals validated requests and opens them again. */
export interface SealedRequests {
  /** @param browser the digest of the cookie of the one browser that may answer */
  seal(request: AuthorizationRequest, browser: Digest): SealedRequest
  /** Opens what was sealed here, whoever presents it and however late; undefined for anything else. */
  open(text: string | undefined): SealedRequest | undefined
}

const prefix = 'sdrq_'
const nullable = Type.Union([Type.String(), Type.Null()])

const Facts = Type.Object({ clientUri: nullable, tosUri: nullable, policyUri: nullable, contact: nullable })

const Content = Type.Object({
  browser: Type.String(),
  request: Type.Object({
    apiKey: nullable,
    appName: Type.String(),
    redirectUri: Type.String(),
    isNative: Type.Boolean(),
    isTest: Type.Boolean(),
    documentAddress: nullable,
    documentFacts: Type.Union([Type.Null(), Facts]),
    documentBindsTokens: Type.Optional(Type.Boolean()),
    documentPushesRequests: Type.Optional(Type.Boolean()),
    scope: Type.Union([Type.Literal('read'), Type.Literal('write')]),
    state: nullable,
    codeChallenge: Type.String(),
    thumbprint: nullable,
    responseMode: Type.Union([Type.Literal('fragment'), Type.Literal('query')]),
    display: Type.Union([Type.Literal('popup'), Type.Literal('fullScreen')]),
    promptLogin: Type.Boolean(),
    promptConsent: Type.Boolean(),
    loginHint: nullable,
    hinted: Type.Optional(Type.Object({ userId: Type.Number(), idToken: Type.String() })),
    openid: Type.Union([
      Type.Null(),
      Type.Object({
        profile: Type.Boolean(),
        email: Type.Boolean(),
        nonce: nullable,
        maxAge: Type.Union([Type.Number(), Type.Null()]),
      }),
    ]),
    createdAt: Type.Number(),
    expiresAt: Type.Number(),
  }),
})

/** Requests sealed by the keys of this server. */
export function sealedRequests(sealer: Sealer): SealedRequests {
  return {
    seal(request, browser) {
      const content: Static<typeof Content> = {
        browser: Buffer.from(browser).toString('base64url'),
        request,
      }
      const sealed = sealer.seal('authorization request', JSON.stringify(content))
      return { ...known(sealed), browser, request }
    },
    open(text) {
      if (text === undefined || !text.startsWith(prefix)) return undefined
      const sealed = Buffer.from(text.slice(prefix.length), 'base64url')
      const opened = sealer.unseal('authorization request', sealed)
      if (opened === undefined) return undefined
      const content: unknown = JSON.parse(opened)
      // An older version of this software may have sealed it.
      if (!Check(Content, content)) return undefined
      return {
        ...known(sealed),
        browser: Buffer.from(content.browser, 'base64url'),
        request: content.request,
      }
    },
  }
}

// Two texts can stand for the same bytes, so the digest is that of the one we would write.
function known(sealed: Uint8Array): { readonly text: string; readonly digest: Digest } {
  const text = prefix + Buffer.from(sealed).toString('base64url')
  return { text, digest: digest(text) }
}
