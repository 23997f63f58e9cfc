import type { CurrentUser } from '@stagedoor/sdk'
import { useState } from 'react'
import { Verified } from '../shared/Verified.tsx'

/** Who is logged in, and the way out. */
export function Account({ user, onSignOut }: { user: CurrentUser; onSignOut: () => void }) {
  return (
    <section className="account" aria-label="Your account">
      <Picture user={user} />
      <div>
        <h2>
          <bdi>{user.name}</bdi> {user.isVerified && <Verified />}
        </h2>
        <p>
          <bdi>@{user.handle}</bdi>
        </p>
      </div>
      <button type="button" onClick={onSignOut}>
        Sign out
      </button>
    </section>
  )
}

/** Decorative: the name is beside it. An initial stands in for a picture that is missing or does not load. */
function Picture({ user }: { user: CurrentUser }) {
  const url = user.profilePicture?.['150x150']
  const [broken, setBroken] = useState<string>()
  return (
    <span className="picture" aria-hidden="true">
      {url && url !== broken ? (
        <img src={url} alt="" onError={() => setBroken(url)} />
      ) : (
        Array.from(user.name)[0]?.toUpperCase()
      )}
    </span>
  )
}
