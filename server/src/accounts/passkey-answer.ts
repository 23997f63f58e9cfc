import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'

const base64url = (most: number) => Type.String({ pattern: `^[A-Za-z0-9_-]{1,${most}}$` })

// Credential ids have up to 1023 bytes (WebAuthn §5.8.3), here in base64url.
const id = base64url(1364)
const clientDataJSON = base64url(4096)

const Created = Type.Object({
  id,
  type: Type.Literal('public-key'),
  response: Type.Object({ clientDataJSON, attestationObject: base64url(32_768) }),
})

const Signed = Type.Object({
  id,
  type: Type.Literal('public-key'),
  response: Type.Object({
    clientDataJSON,
    authenticatorData: base64url(4096),
    signature: base64url(4096),
    userHandle: base64url(86),
  }),
})

const ClientData = Type.Object({ challenge: base64url(1024) })

/** What a browser says, and the challenge that it says it for. */
export interface Answer<Response> {
  readonly response: Response
  readonly challenge: string
}

/** Reads what a browser says of a passkey it made (WebAuthn §5.1.8); undefined when it is nothing of the kind. */
export function readCreated(text: string): Answer<RegistrationResponseJSON> | undefined {
  const read = parsed(Created, text)
  return read && answerOf({ ...read, rawId: read.id, clientExtensionResults: {} })
}

/** Reads what a browser says of a signature by a passkey; undefined when it is nothing of the kind. */
export function readSigned(text: string): Answer<AuthenticationResponseJSON> | undefined {
  const read = parsed(Signed, text)
  return read && answerOf({ ...read, rawId: read.id, clientExtensionResults: {} })
}

function answerOf<R extends { readonly response: { readonly clientDataJSON: string } }>(
  response: R,
): Answer<R> | undefined {
  const text = Buffer.from(response.response.clientDataJSON, 'base64url').toString()
  const challenge = parsed(ClientData, text)?.challenge
  return challenge === undefined ? undefined : { response, challenge }
}

function parsed<T extends TSchema>(schema: T, text: string): Static<T> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Check(schema, value) ? value : undefined
  } catch {
    return undefined
  }
}
