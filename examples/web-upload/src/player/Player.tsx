import { useRef, useState } from 'react'
import { Notice } from '../shared/Notice.tsx'
import { clock } from '../tracks/clock.ts'
import { Waveform } from './Waveform.tsx'

interface PlayerProps {
  readonly trackId: string
  readonly url: string
  /** How long it is, as far as the server knows. */
  readonly seconds: number
}

const failure = {
  headline: 'The track does not play',
  advice: 'Check your connection, then reload the page.',
}

/** Plays audio: a button, and its waveform as the bar that seeks. */
export function Player({ trackId, url, seconds }: PlayerProps) {
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [position, setPosition] = useState(0)
  const [duration, setDuration] = useState(seconds)
  const [hasFailed, setFailed] = useState(false)

  function toggle() {
    const element = audio.current
    if (!element) return
    // A rejection is in the element's own events.
    if (element.paused) element.play().catch(() => {})
    else element.pause()
  }

  function seek(to: number) {
    if (audio.current) audio.current.currentTime = to
    setPosition(to)
  }

  return (
    <section className="player" aria-label="Player">
      {/* biome-ignore lint/a11y/useMediaCaption: it is music */}
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setPosition(currentTarget.currentTime)}
        onDurationChange={({ currentTarget }) =>
          Number.isFinite(currentTarget.duration) && setDuration(currentTarget.duration)
        }
        onError={() => setFailed(true)}
      />
      <button type="button" className="play" aria-label={isPlaying ? 'Pause' : 'Play'} onClick={toggle}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={isPlaying ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M5 2.5v11l9-5.5z'} />
        </svg>
      </button>
      <span className="quiet">{clock(position)}</span>
      <div className="seek">
        <Waveform trackId={trackId} played={duration > 0 ? position / duration : 0} />
        <input
          type="range"
          aria-label="Position"
          aria-valuetext={`${clock(position)} of ${clock(duration)}`}
          min={0}
          max={duration}
          step="any"
          value={position}
          onChange={(event) => seek(event.target.valueAsNumber)}
        />
      </div>
      <span className="quiet">{clock(duration)}</span>
      {hasFailed && <Notice words={failure} />}
    </section>
  )
}
