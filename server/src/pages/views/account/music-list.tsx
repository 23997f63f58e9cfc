import type { ComponentChildren } from 'preact'
import { Avatar } from '../avatar.tsx'
import { Name } from '../name.tsx'

/** A track as its owner, or who saved it, sees it. */
export interface TrackWords {
  readonly id: string
  readonly title: string
  readonly artist: string
  /** URL of a 150x150 image. */
  readonly cover: string | null
  /** URL of the audio. */
  readonly audio: string
  /** Seconds. */
  readonly duration: number
  readonly isUnlisted: boolean
  /** A day in UTC, such as 2026-01-31. */
  readonly publishedOn: string
  readonly favoriteCount: number
  readonly repostCount: number
  readonly commentCount: number
}

/** Where other pages of a list begin. */
export interface Pages {
  readonly before: number | null
  readonly after: number | null
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** A track with its player. */
export function TrackEntry({
  track,
  about,
  children,
}: {
  track: TrackWords
  /** Said under the title. */
  about: string
  children?: ComponentChildren
}) {
  return (
    <section class="entry">
      <div class="line">
        <Avatar url={track.cover} name={track.title} kind="app" />
        <div>
          <h2>
            <Name text={track.title} />
          </h2>
          <p class="quiet">
            <bdi>{about}</bdi>, {clock(track.duration)}
          </p>
        </div>
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: music that artists publish comes without captions */}
      <audio controls preload="none" src={track.audio} aria-label={`Play ${track.title}`} />
      {children}
    </section>
  )
}

/** The ways to the pages before and after this one. */
export function PageLinks({ path, before, after }: Pages & { path: string }) {
  if (before === null && after === null) return null
  return (
    <p>
      {before !== null && <a href={`${path}?from=${before}`}>Newer</a>}
      {before !== null && after !== null && ' · '}
      {after !== null && <a href={`${path}?from=${after}`}>Older</a>}
    </p>
  )
}
