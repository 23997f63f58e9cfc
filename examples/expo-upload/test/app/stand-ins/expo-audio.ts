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

export const RecordingPresets = { HIGH_QUALITY: {} }

/** Whether the person lets the app hear: they do when the test has laid something ready. */
export const requestRecordingPermissionsAsync = async () => ({ granted: device.heard !== null })

/** A recorder without a microphone: it hears `device.heard`. */
export function useAudioRecorder() {
  const [recorder] = useState(() => {
    const its = {
      uri: null as string | null,
      prepareToRecordAsync: async () => {},
      record: () => {},
      stop: async () => {
        if (device.heard) its.uri = device.put('recording.m4a', device.heard)
      },
    }
    return its
  })
  return recorder
}
