import type { Loudness } from '../../contract/store.ts'

/** The loudness in a row that has its two columns. */
export const toLoudness = (row: {
  readonly loudness: number | null
  readonly true_peak: number | null
}): Loudness | null => (row.loudness === null ? null : { integrated: row.loudness, truePeak: row.true_peak })
