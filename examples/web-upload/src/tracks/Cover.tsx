import type { Track } from '@stagedoor/sdk'
import { useState } from 'react'

/** Decorative: the title is beside it. A note stands in for a cover that is missing or does not load. */
export function Cover({ track, size }: { track: Track; size: '150x150' | '480x480' }) {
  const url = track.artwork?.[size]
  const [broken, setBroken] = useState<string>()
  return (
    <span className="cover" aria-hidden="true">
      {url && url !== broken ? (
        <img src={url} alt="" onError={() => setBroken(url)} />
      ) : (
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M9 17.5V5l10-2v12.5M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Zm10-2a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z" />
        </svg>
      )}
    </span>
  )
}
