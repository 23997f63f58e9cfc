import type { Track } from '@stagedoor/sdk'
import { useCallback, useEffect, useState } from 'react'
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
  const [problem, setProblem] = useState<unknown>()

  /** Does something that may fail, and shows what went wrong. */
  const attempt = useCallback(async (work: () => Promise<void>) => {
    setProblem(undefined)
    try {
      await work()
    } catch (reason) {
      setProblem(reason)
    }
  }, [])

  const reload = useCallback(
    () =>
      attempt(async () => {
        const page = await load(list, userId, 0)
        setTracks(page)
        setHasMore(page.length === limit)
      }),
    [attempt, list, userId],
  )

  useEffect(() => void reload(), [reload])

  const loadMore = () =>
    attempt(async () => {
      const page = await load(list, userId, tracks?.length ?? 0)
      setTracks((loaded = []) => [...loaded, ...page])
      setHasMore(page.length === limit)
    })

  /** Saves a track to the library, or takes it out. It stays in sight, so that a slip can be undone. */
  const setSaved = ({ id: trackId }: Track, isSaved: boolean) =>
    attempt(async () => {
      if (isSaved) await audius.tracks.favoriteTrack({ trackId, userId })
      else await audius.tracks.unfavoriteTrack({ trackId, userId })
      setTracks((loaded) =>
        loaded?.map((track) => (track.id === trackId ? { ...track, hasCurrentUserSaved: isSaved } : track)),
      )
    })

  return { tracks, hasMore, problem, attempt, reload, loadMore, setSaved }
}
