import {
  RecordingPresets,
  requestRecordingPermissionsAsync,
  setAudioModeAsync,
  useAudioRecorder,
} from 'expo-audio'
import { useEffect, useState } from 'react'
import type { Picked } from '../pick'
import { recorded } from '../recorded'
import { Button } from './Button'
import { Words } from './Words'

interface RecordingProps {
  /** Is given what was recorded; null when nothing was. */
  readonly onEnd: (file: Picked | null) => void
}

/** Records from when it is shown until it is stopped. */
export function Recording({ onEnd }: RecordingProps) {
  const recorder = useAudioRecorder(RecordingPresets.HIGH_QUALITY)
  const [state, setState] = useState<'asking' | 'recording' | 'refused'>('asking')

  useEffect(() => {
    async function begin() {
      const { granted } = await requestRecordingPermissionsAsync()
      if (!granted) {
        setState('refused')
        return
      }
      await setAudioModeAsync({ allowsRecording: true, playsInSilentMode: true })
      await recorder.prepareToRecordAsync()
      recorder.record()
      setState('recording')
    }
    begin().catch(() => setState('refused'))
  }, [recorder])

  async function stop() {
    try {
      await recorder.stop()
      await setAudioModeAsync({ allowsRecording: false, playsInSilentMode: true })
      onEnd(recorder.uri ? await recorded(recorder.uri) : null)
    } catch {
      setState('refused')
    }
  }

  if (state === 'refused')
    return (
      <>
        <Words look="quiet">Nothing was recorded. Allow the microphone in the settings of this app.</Words>
        <Button title="Close" onPress={() => onEnd(null)} />
      </>
    )
  return <Button title="Stop recording" isDisabled={state === 'asking'} onPress={stop} />
}
