import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** What an authenticator is told to do otherwise than asked. */
export interface Deviation {
  readonly challenge?: string
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly userHandle?: string
  readonly isVerified?: boolean
  readonly signature?: string
  readonly counter?: number
}

interface CreationOptions {
  readonly challenge: string
  readonly rp: { readonly id: string }
  readonly user: { readonly id: string }
}

interface RequestOptions {
  readonly challenge: string
  readonly rpId: string
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const base64url = (data: Buffer) => data.toString('base64url')

/** A device with one passkey (ES256, attestation `none`) and the browser before it. */
export class Authenticator {
  readonly #origin: string
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly id: string
  #userHandle = ''
  counter = 0

  constructor(origin: string, id: string = base64url(randomBytes(16))) {
    this.#origin = origin
    this.id = id
  }

  /** Makes the passkey (WebAuthn §6.3.2). */
  create(options: CreationOptions, deviation: Deviation = {}): string {
    this.#userHandle = options.user.id
    const credential = Buffer.from(this.id, 'base64url')
    const attested = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([credential.length >> 8, credential.length & 255]),
      credential,
      this.#publicKey(),
    ])
    const data = Buffer.concat([this.#data(options.rp.id, 0x40, deviation), attested])
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      ...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData'), bytes(data)],
    ])
    return JSON.stringify({
      ...this.#shape(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, deviation),
        attestationObject: base64url(attestationObject),
      },
    })
  }

  /** Signs with it (WebAuthn §6.3.3). */
  get(options: RequestOptions, deviation: Deviation = {}): string {
    const data = this.#data(options.rpId, 0, deviation)
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, deviation)
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    return JSON.stringify({
      ...this.#shape(),
      response: {
        clientDataJSON,
        authenticatorData: base64url(data),
        signature: deviation.signature ?? base64url(sign('sha256', signed, this.#keys.privateKey)),
        userHandle: deviation.userHandle ?? this.#userHandle,
      },
    })
  }

  #shape() {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {} }
  }

  #clientData(type: string, challenge: string, deviation: Deviation): string {
    const said = { type, challenge, origin: this.#origin, crossOrigin: false }
    const { rpId: _, userHandle: __, isVerified: ___, signature: ____, counter: _____, ...other } = deviation
    return base64url(Buffer.from(JSON.stringify({ ...said, ...other })))
  }

  #data(rpId: string, more: number, { isVerified = true, counter, ...deviation }: Deviation): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? this.counter)
    // User present, and verified or not (WebAuthn §6.1).
    const flags = 0x01 | (isVerified ? 0x04 : 0) | more
    return Buffer.concat([sha256(deviation.rpId ?? rpId), Buffer.from([flags]), count])
  }

  // COSE_Key of an EC2 key on P-256 for ES256 (RFC 9053 §7.1).
  #publicKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const coordinate = (value: string) => bytes(Buffer.from(value, 'base64url'))
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      coordinate(x),
      Buffer.from([0x22]),
      coordinate(y),
    ])
  }
}

// CBOR of short texts and of byte strings (RFC 8949 §3.1).
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
const bytes = (value: Buffer) =>
  Buffer.concat([
    value.length < 256
      ? Buffer.from([0x58, value.length])
      : Buffer.from([0x59, value.length >> 8, value.length & 255]),
    value,
  ])
