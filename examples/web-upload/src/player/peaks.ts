import { audius } from '../audius.ts'

/**
 * How loud a track is along its length, from 0 to 1, the loudest part being 1.
 *
 * @param count How many parts to look at.
 * @throws StagedoorError when the server has no waveform of it.
 */
export async function peaksOf(
  trackId: string,
  count: number,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const { data } = await audius.tracks.getTrackWaveform({ trackId }, { signal })
  const { peaks } = data
  const parts = Array.from({ length: count }, (_, part) => {
    const from = Math.floor((part * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((part + 1) * peaks.length) / count))
    return Math.max(0, ...peaks.slice(from, to))
  })
  const loudest = Math.max(...parts)
  return loudest > 0 ? parts.map((peak) => peak / loudest) : parts
}
