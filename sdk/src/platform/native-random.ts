import { failure } from '../errors/errors.ts'

interface RandomSource {
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): unknown
}

/** Where a React Native runtime may keep a secure random source; each part may be missing. */
export interface Runtime {
  readonly crypto?: Partial<RandomSource>
  readonly expo?: {
    readonly modules?: { readonly ExpoCrypto?: RandomSource | null }
    /** A random UUID from the system's secure source: `SecureRandom` on Android, `UUID()` on Apple's systems. */
    uuidv4?(): string
  }
  /** As `expo.modules`, before Expo SDK 49. */
  readonly ExpoModules?: { readonly ExpoCrypto?: RandomSource | null }
}

/** The random bytes of a version 4 UUID (RFC 9562 §5.4), without those that hold its version and variant. */
function bytesOf(uuid: string): number[] {
  const [, ...parts] =
    /^([\da-f]{8})-([\da-f]{4})-4[\da-f]([\da-f]{2})-[89ab][\da-f]([\da-f]{2})-([\da-f]{12})$/i.exec(uuid) ??
    []
  const pairs = parts.join('').match(/../g)
  if (!pairs) throw failure('no_secure_random', { reason: 'expo.uuidv4() answers no UUID' })
  return pairs.map((pair) => Number.parseInt(pair, 16))
}

/**
 * Secure random bytes: from `crypto` where there is one, else from `expo-crypto` if the app has it, else from Expo's own
 * runtime. Throws `no_secure_random` where there is none of them.
 */
export function nativeRandom(runtime: Runtime): (length: number) => Uint8Array {
  return (length) => {
    const { crypto, expo, ExpoModules } = runtime
    const bytes = new Uint8Array(length)
    const source = expo?.modules?.ExpoCrypto ?? ExpoModules?.ExpoCrypto
    if (crypto?.getRandomValues) crypto.getRandomValues(bytes)
    else if (source) source.getRandomValues(bytes)
    else if (expo?.uuidv4) {
      const found: number[] = []
      while (found.length < length) found.push(...bytesOf(expo.uuidv4()))
      bytes.set(found.slice(0, length))
    } else throw failure('no_secure_random', { reason: 'npx expo install expo-crypto' })
    return bytes
  }
}
