import { useEffect, useId, useState } from 'react'
import { peaksOf } from './peaks.ts'

interface WaveformProps {
  readonly trackId: string
  /** How much of it was played, from 0 to 1. */
  readonly played: number
}

const parts = 160
const height = 48

/** A picture of the sound, in which the played part stands out. A line while there is none. */
export function Waveform({ trackId, played }: WaveformProps) {
  const peaks = usePeaks(trackId)
  const clip = useId()
  const line = (peaks ?? Array<number>(parts).fill(0)).map((peak, part) => {
    const half = Math.max(0.75, (peak * height) / 2)
    return `M${part + 0.5} ${height / 2 - half}v${2 * half}`
  })
  return (
    <svg
      className="waveform"
      viewBox={`0 0 ${parts} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-pictured={peaks !== undefined}
    >
      <clipPath id={clip}>
        <rect width={parts * played} height={height} />
      </clipPath>
      <path d={line.join('')} />
      <path d={line.join('')} className="played" clipPath={`url(#${clip})`} />
    </svg>
  )
}

/** None while they are looked for, or when they cannot be had: the sound plays without its picture. */
function usePeaks(trackId: string): readonly number[] | undefined {
  const [peaks, setPeaks] = useState<readonly number[]>()
  useEffect(() => {
    const controller = new AbortController()
    peaksOf(trackId, parts, controller.signal).then(setPeaks, () => {})
    return () => controller.abort()
  }, [trackId])
  return peaks
}
