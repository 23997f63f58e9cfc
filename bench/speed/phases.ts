import type { Phase } from './phase.ts'
import { authorize, authorizePage } from './phases/authorize.ts'
import { consent } from './phases/consent.ts'
import { exchange } from './phases/exchange.ts'
import { rangedContent, search, track, tracks } from './phases/music.ts'
import { profile, randomProfile } from './phases/profile.ts'
import { loneRefresh, refresh } from './phases/refresh.ts'
import { revoke } from './phases/revoke.ts'
import { signIn } from './phases/sign-in.ts'
import { upload } from './phases/upload.ts'

/** What is measured first: logins, which later phases go on with. */
export const loginPhases: readonly Phase[] = [exchange, refresh, loneRefresh]

/** What is measured then. @param tokens by how many a server grows at the end */
export const laterPhases = (tokens: number): readonly Phase[] => [
  ...[profile, track, tracks, search, rangedContent],
  ...[authorize, authorizePage, consent, signIn, revoke],
  upload,
  randomProfile(tokens),
]
