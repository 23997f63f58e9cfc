import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { accountLayout } from './account-layout.tsx'
import { PageLinks, type Pages, TrackEntry, type TrackWords } from './music-list.tsx'

interface Music extends Pages {
  readonly page: Page
  readonly tracks: readonly TrackWords[]
  readonly done: string | null
}

/** The page of what a person has published. */
export function tracksPage({ page, tracks, done, before, after }: Music): string {
  return accountLayout({
    page,
    tab: 'My tracks',
    done,
    children:
      tracks.length === 0 ? (
        <p>You have published no tracks. What an app publishes for you is listed here.</p>
      ) : (
        <>
          {tracks.map((track) => (
            <TrackEntry key={track.id} track={track} about={`Published on ${track.publishedOn}`}>
              <p class="quiet">
                {track.isUnlisted ? 'Unlisted: only who has its link finds it. ' : ''}
                {counted(track.favoriteCount, 'save')}, {counted(track.repostCount, 'repost')},{' '}
                {counted(track.commentCount, 'comment')}
              </p>
              <p>
                <a href={`/account/tracks/${track.id}`}>
                  Change or unpublish
                  <span class="aside">
                    {' '}
                    <Name text={track.title} />
                  </span>
                </a>
              </p>
            </TrackEntry>
          ))}
          <PageLinks path="/account/tracks" before={before} after={after} />
        </>
      ),
  })
}

/** The page of what a person has saved. */
export function libraryPage({ page, tracks, done, csrf, before, after }: Music & { csrf: string }): string {
  return accountLayout({
    page,
    tab: 'Library',
    done,
    children:
      tracks.length === 0 ? (
        <p>Your library is empty. What you save in any app is listed here.</p>
      ) : (
        <>
          {tracks.map((track) => (
            <TrackEntry key={track.id} track={track} about={track.artist}>
              <form method="post" action="/account/library/remove">
                <input type="hidden" name="csrf" value={csrf} />
                <input type="hidden" name="track" value={track.id} />
                <button type="submit">
                  <span>
                    Take out
                    <span class="aside">
                      {' '}
                      <Name text={track.title} />
                    </span>
                  </span>
                </button>
              </form>
            </TrackEntry>
          ))}
          <PageLinks path="/account/library" before={before} after={after} />
        </>
      ),
  })
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
