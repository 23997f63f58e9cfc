import type { Track } from '@stagedoor/sdk'
import { Verified } from '../shared/Verified.tsx'

/** Whose track it is. */
export function Artist({ user }: { user: Track['user'] }) {
  return (
    <span className="artist">
      <bdi>{user.name}</bdi> {user.isVerified && <Verified />}
    </span>
  )
}
