import { appWrites } from './app-writes.ts'
import { apps } from './apps.ts'
import { comments } from './comments.ts'
import { following } from './following.ts'
import { library } from './library.ts'
import { profile } from './me.ts'
import { playlistReads } from './playlist-reads.ts'
import { playlistWrites } from './playlist-writes.ts'
import { reposts } from './reposts.ts'
import { resolve } from './resolve.ts'
import type { Resource } from './resource.ts'
import { search } from './search.ts'
import { social } from './social.ts'
import { trackAudio } from './track-audio.ts'
import { trackReads } from './track-reads.ts'
import { trackWrites } from './track-writes.ts'
import { trending } from './trending.ts'
import { users } from './users.ts'

/** Every call of the API: the routes and the document are both made of this list. */
export const resources: readonly Resource[] = [
  ...profile,
  ...users,
  ...trackReads,
  ...trackWrites,
  ...trackAudio,
  ...library,
  ...playlistReads,
  ...playlistWrites,
  ...reposts,
  ...following,
  ...social,
  ...trending,
  ...comments,
  ...search,
  ...resolve,
  ...apps,
  ...appWrites,
]
