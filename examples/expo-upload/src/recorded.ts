import { Platform } from 'react-native'
import type { Picked } from './pick'

/** A recording as a file to upload. @param uri Where the recorder left it: on the web, in the page's memory. */
export async function recorded(uri: string): Promise<Picked> {
  const name = `Recording ${new Date().toISOString().slice(0, 10)}`
  if (Platform.OS !== 'web') return { uri, name: `${name}.m4a`, type: 'audio/mp4' }
  const bytes = await (await fetch(uri)).blob()
  return new File([bytes], `${name}.${bytes.type.includes('mp4') ? 'm4a' : 'webm'}`, { type: bytes.type })
}
