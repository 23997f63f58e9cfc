import type { Track } from '@stagedoor/sdk'
import { useCallback, useEffect, useState } from 'react'

/** Answers some tracks of a longer list. */
export type LoadTracks = (
  part: { readonly offset: number; readonly limit: number },
  signal: AbortSignal,
) => Promise<readonly Track[]>

export type ListStatus = 'loading' | 'more' | 'complete' | { readonly problem: unknown }

const limit = 20

/** Loads the first tracks of a list, and further ones when asked. `load` must be the same until the list is another. */
export function useTrackList(load: LoadTracks) {
  const [tracks, setTracks] = useState<readonly Track[]>([])
  const [status, setStatus] = useState<ListStatus>('loading')

  const loadFrom = useCallback(
    async (offset: number, signal: AbortSignal) => {
      setStatus('loading')
      try {
        const found = await load({ offset, limit }, signal)
        if (signal.aborted) return
        setTracks((shown) => [...shown.slice(0, offset), ...found])
        setStatus(found.length < limit ? 'complete' : 'more')
      } catch (problem) {
        if (!signal.aborted) setStatus({ problem })
      }
    },
    [load],
  )

  useEffect(() => {
    const controller = new AbortController()
    loadFrom(0, controller.signal)
    return () => controller.abort()
  }, [loadFrom])

  /** Loads what follows, or tries again. */
  const loadMore = () => loadFrom(tracks.length, new AbortController().signal)
  return { tracks, status, loadMore }
}
