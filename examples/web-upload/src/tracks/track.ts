import type { Track } from '@stagedoor/sdk'
import { useCallback, useEffect, useState } from 'react'
import { audius } from '../audius.ts'

/** A track, and where its audio is. */
export interface LoadedTrack {
  readonly track: Track
  readonly streamUrl: string
}

/** Loads a track; again when asked. */
export function useTrack(trackId: string) {
  const [loaded, setLoaded] = useState<LoadedTrack>()
  const [problem, setProblem] = useState<unknown>()

  const load = useCallback(
    async (signal?: AbortSignal) => {
      setProblem(undefined)
      try {
        const [{ data: track }, streamUrl] = await Promise.all([
          audius.tracks.getTrack({ trackId }, { signal }),
          audius.tracks.getTrackStreamUrl({ trackId }, { signal }),
        ])
        setLoaded({ track, streamUrl })
      } catch (reason) {
        if (!signal?.aborted) setProblem(reason)
      }
    },
    [trackId],
  )

  useEffect(() => {
    const controller = new AbortController()
    load(controller.signal)
    return () => controller.abort()
  }, [load])

  return { loaded, problem, reload: () => load() }
}
