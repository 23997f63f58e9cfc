import { setAudioModeAsync, useAudioPlayer, useAudioPlayerStatus } from 'expo-audio'
import { useEffect, useState } from 'react'
import { audius } from './audius'

/** Plays one track at a time. */
export function usePlayer() {
  const player = useAudioPlayer(null)
  const { playing } = useAudioPlayerStatus(player)
  const [trackId, setTrackId] = useState<string>()

  useEffect(() => {
    // A phone that is set to silent plays music all the same.
    setAudioModeAsync({ playsInSilentMode: true }).catch(() => undefined)
  }, [])

  /** Plays a track from its beginning. */
  async function play(id: string) {
    const uri = await audius.tracks.getTrackStreamUrl({ trackId: id })
    player.replace({ uri })
    player.play()
    setTrackId(id)
  }

  return { playing: playing ? trackId : undefined, play, pause: () => player.pause() }
}

/** What the screens are given of it. */
export type Player = ReturnType<typeof usePlayer>
