import { appWrites } from './app-writes.ts'
import { apps } from './apps.ts'
import { library } from './library.ts'
import { profile } from './me.ts'
import type { Resource } from './resource.ts'
import { trackAudio } from './track-audio.ts'
import { trackReads } from './track-reads.ts'
import { trackWrites } from './track-writes.ts'
import { users } from './users.ts'

/** Every call of the API: the doors and the document are both made of this list. */
export const resources: readonly Resource[] = [
  ...profile,
  ...users,
  ...trackReads,
  ...trackWrites,
  ...trackAudio,
  ...library,
  ...apps,
  ...appWrites,
]
