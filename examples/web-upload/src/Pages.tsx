import type { CurrentUser } from '@stagedoor/sdk'
import { Library } from './pages/Library.tsx'
import { MyTracks } from './pages/MyTracks.tsx'
import { Search } from './pages/Search.tsx'
import { TrackPage } from './pages/TrackPage.tsx'
import { UploadPage } from './pages/UploadPage.tsx'
import { type Route, useRoute } from './route.ts'
import { useNewTrack } from './upload/new-track.ts'

/** What whoever is logged in finds here. An upload goes on while they look at other pages. */
export function Pages({ user }: { user: CurrentUser }) {
  const route = useRoute()
  const newTrack = useNewTrack(user.id)
  const link = (page: Route['page'], href: string, name: string) => (
    <a href={href} aria-current={route.page === page ? 'page' : undefined}>
      {name}
    </a>
  )

  return (
    <>
      <nav aria-label="Pages">
        {link('upload', '#/', 'Upload')}
        {link('tracks', '#/tracks', 'My tracks')}
        {link('library', '#/library', 'Library')}
        {link('search', '#/search', 'Search')}
      </nav>
      {content()}
    </>
  )

  function content() {
    switch (route.page) {
      case 'upload':
        return <UploadPage newTrack={newTrack} />
      case 'tracks':
        return <MyTracks userId={user.id} />
      case 'library':
        return <Library userId={user.id} />
      case 'search':
        return <Search />
      case 'track':
        return <TrackPage key={route.trackId} trackId={route.trackId} userId={user.id} />
    }
  }
}
