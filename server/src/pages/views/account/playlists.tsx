import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { accountLayout } from './account-layout.tsx'
import { PageLinks, type Pages } from './music-list.tsx'

/** A playlist or album as its owner sees it. */
export interface PlaylistWords {
  readonly id: string
  readonly name: string
  readonly isAlbum: boolean
  readonly isPrivate: boolean
  readonly trackCount: number
  /** The first of them. */
  readonly titles: readonly string[]
}

interface Playlists extends Pages {
  readonly page: Page
  readonly playlists: readonly PlaylistWords[]
  readonly done: string | null
  readonly csrf: string
}

/** The page of a person's playlists and albums. */
export function playlistsPage({ page, playlists, done, csrf, before, after }: Playlists): string {
  return accountLayout({
    page,
    tab: 'Playlists',
    done,
    children:
      playlists.length === 0 ? (
        <p>You have no playlists. What you make in any app is listed here.</p>
      ) : (
        <>
          {playlists.map((playlist) => (
            <Entry key={playlist.id} playlist={playlist} csrf={csrf} />
          ))}
          <PageLinks path="/account/playlists" before={before} after={after} />
        </>
      ),
  })
}

function Entry({ playlist, csrf }: { playlist: PlaylistWords; csrf: string }) {
  const { id, name, isAlbum, isPrivate, trackCount, titles } = playlist
  const button = (change: 'show' | 'hide' | 'delete', text: string) => (
    <button type="submit" name="change" value={change} class={change === 'delete' ? 'danger' : undefined}>
      <span>
        {text}
        <span class="aside">
          {' '}
          <Name text={name} />
        </span>
      </span>
    </button>
  )
  return (
    <section class="entry">
      <h2>
        <Name text={name} />
      </h2>
      <p class="quiet">
        {isAlbum ? 'Album' : 'Playlist'}, {trackCount} {trackCount === 1 ? 'track' : 'tracks'}
        {isPrivate ? ', private: only who has its link finds it' : ''}
      </p>
      {titles.length > 0 && (
        <details>
          <summary>Its tracks</summary>
          <ol>
            {titles.map((title, at) => (
              <li key={`${at} ${title}`}>
                <Name text={title} />
              </li>
            ))}
          </ol>
        </details>
      )}
      <form method="post" action={`/account/playlists/${id}`}>
        <input type="hidden" name="csrf" value={csrf} />
        <div class="stack">
          {isPrivate ? button('show', 'Make public') : button('hide', 'Make private')}
          {button('delete', 'Delete')}
        </div>
      </form>
    </section>
  )
}
