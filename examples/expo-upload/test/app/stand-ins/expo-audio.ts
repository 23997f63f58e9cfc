import { useState } from 'react'
import { device } from '../device'

/** A player without a loudspeaker: what it would play is in `device.playing`. */
export function useAudioPlayer() {
  const [playing, setPlaying] = useState(false)
  const [player] = useState(() => {
    let source = ''
    return {
      replace: ({ uri }: { uri: string }) => {
        source = uri
      },
      play: () => {
        device.playing = source
        setPlaying(true)
      },
      pause: () => {
        device.playing = null
        setPlaying(false)
      },
    }
  })
  return { ...player, playing }
}

export const useAudioPlayerStatus = ({ playing }: { playing: boolean }) => ({ playing })

export async function setAudioModeAsync() {}
