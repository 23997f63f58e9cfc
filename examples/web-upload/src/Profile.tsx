import type { User } from '@stagedoor/sdk'
import { useState } from 'react'

export function Profile({ user }: { user: User }) {
  return (
    <div className="profile">
      <Picture user={user} />
      <div>
        <h2>
          <bdi>{user.name}</bdi> {user.isVerified && <Verified />}
        </h2>
        <p>
          <bdi>@{user.handle}</bdi>
        </p>
      </div>
    </div>
  )
}

/** Decorative: the name is beside it. An initial stands in for a picture that is missing or does not load. */
function Picture({ user }: { user: User }) {
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

function Verified() {
  return (
    <svg className="verified" viewBox="0 0 16 16" role="img" aria-label="Verified">
      <circle cx="8" cy="8" r="8" />
      <path d="m4.6 8.3 2.3 2.3 4.5-4.8" />
    </svg>
  )
}
