import type { Track } from '@stagedoor/sdk'
import { useCallback, useEffect, useRef, useState } from 'react'
import { audius } from './audius'

export type List = 'My tracks' | 'Library'

const limit = 50

/** A page of a list, the newest first. */
async function load(list: List, id: string, offset: number): Promise<readonly Track[]> {
  if (list === 'My tracks') return (await audius.users.getTracksByUser({ id, offset, limit })).data
  const { data } = await audius.users.getUserLibraryTracks({ id, offset, limit })
  return data.map(({ item }) => item)
}

/** The tracks of a list as far as they are loaded, and what can be done with them. */
export function useTracks(list: List, userId: string) {
  const [tracks, setTracks] = useState<readonly Track[]>()
  const [hasMore, setHasMore] = useState(false)
  const [isLoading, setLoading] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  // A list that is scrolled asks for the next page more often than it is drawn.
  const loading = useRef(false)

  /** Does something that may fail, and shows what went wrong. */
  const attempt = useCallback(async (work: () => Promise<void>) => {
    setProblem(undefined)
    try {
      await work()
    } catch (reason) {
      setProblem(reason)
    }
  }, [])

  const loadFrom = useCallback(
    async (offset: number) => {
      if (loading.current) return
      loading.current = true
      setLoading(true)
      await attempt(async () => {
        const page = await load(list, userId, offset)
        setTracks((loaded = []) => [...loaded.slice(0, offset), ...page])
        setHasMore(page.length === limit)
      })
      loading.current = false
      setLoading(false)
    },
    [attempt, list, userId],
  )

  const reload = useCallback(() => loadFrom(0), [loadFrom])
  const loadMore = () => loadFrom(tracks?.length ?? 0)

  useEffect(() => void reload(), [reload])

  /** Saves a track to the library, or takes it out. It stays in sight, so that a slip can be undone. */
  const setSaved = ({ id: trackId }: Track, isSaved: boolean) =>
    attempt(async () => {
      if (isSaved) await audius.tracks.favoriteTrack({ trackId, userId })
      else await audius.tracks.unfavoriteTrack({ trackId, userId })
      setTracks((loaded) =>
        loaded?.map((track) => (track.id === trackId ? { ...track, hasCurrentUserSaved: isSaved } : track)),
      )
    })

  return { tracks, hasMore, isLoading, problem, attempt, reload, loadMore, setSaved }
}
