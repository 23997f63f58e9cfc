import { useCallback, useEffect, useState } from 'react'
import { audius } from '../audius.ts'
import { Page } from '../shared/Page.tsx'
import { TrackList } from '../tracks/TrackList.tsx'
import type { LoadTracks } from '../tracks/track-list.ts'

/** How long somebody pauses before what they typed is looked for, in milliseconds. */
const debounceMs = 250

/** Tracks by what somebody types: in any order, and with small mistakes. */
export function Search() {
  const [typed, setTyped] = useState('')
  const query = useDebounced(typed.trim())
  return (
    <Page title="Search">
      <form className="inline" onSubmit={(event) => event.preventDefault()}>
        <div className="field">
          <label htmlFor="query">Title, artist or tag</label>
          <input
            id="query"
            type="search"
            maxLength={100}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </div>
      </form>
      {query !== '' && <Found key={query} query={query} />}
    </Page>
  )
}

function Found({ query }: { query: string }) {
  const load = useCallback<LoadTracks>(
    async (part, signal) => (await audius.tracks.searchTracks({ query, ...part }, { signal })).data,
    [query],
  )
  return (
    <TrackList load={load}>
      <p>Nothing is called “{query}”, nor nearly so.</p>
    </TrackList>
  )
}

function useDebounced(value: string): string {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), debounceMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
