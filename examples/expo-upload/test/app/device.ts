import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Platform } from 'react-native'
import type { Person } from './user-agent'

/** A file as the system's picker answers it. */
interface Asset {
  readonly uri: string
  readonly name: string
  readonly mimeType: string
  readonly size: number
}

const folder = mkdtempSync(join(tmpdir(), 'stagedoor-phone-'))
const people: Readonly<Record<string, Person>> = {
  ios: { handle: 'nova', password: 'sample-of-nova' },
  android: { handle: 'jun', password: 'sample-of-jun' },
}
const person = people[Platform.OS]
if (!person) throw new Error(`Nobody has a phone with ${Platform.OS}.`)

/** What is on this phone besides the app, and who holds it. Each platform has its own person. */
export const device = {
  person,
  /** What the file picker answers next. */
  picks: [] as Asset[],
  /** What the microphone hears next. */
  heard: null as Buffer | null,
  /** The URL that is to be heard. */
  playing: null as string | null,
  /** Puts a file on the phone; answers where it lies. */
  put(name: string, bytes: Buffer): string {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return pathToFileURL(path).href
  },
  /** Puts a file on the phone, and picks it next. */
  pick(name: string, mimeType: string, bytes: Buffer): void {
    device.picks.push({ uri: device.put(name, bytes), name, mimeType, size: bytes.length })
  },
}
