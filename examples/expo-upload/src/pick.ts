import { getDocumentAsync } from 'expo-document-picker'

/** A file that a person picked, as the SDK's uploads take it: on the web a `File`, on a phone where it lies. */
export type Picked = File | NativeFile

interface NativeFile {
  readonly uri: string
  readonly name: string
  readonly type: string
  readonly size?: number
}

/**
 * Shows the system's file picker. Answers `null` when the person closes it.
 *
 * @param kind What may be picked.
 */
export async function pick(kind: 'audio' | 'image'): Promise<Picked | null> {
  const { assets } = await getDocumentAsync({ type: `${kind}/*`, copyToCacheDirectory: true })
  const asset = assets?.[0]
  if (asset === undefined) return null
  const { file, uri, name, mimeType, size } = asset
  return file ?? { uri, name, type: mimeType ?? `${kind}/*`, ...(size !== undefined && { size }) }
}
