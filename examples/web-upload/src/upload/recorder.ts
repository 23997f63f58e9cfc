import { useEffect, useRef, useState } from 'react'

/** A recording in this browser: not begun, under way for some seconds, or not possible. */
export type Recording =
  | { readonly phase: 'idle' }
  | { readonly phase: 'recording'; readonly seconds: number }
  | { readonly phase: 'failed'; readonly advice: string }

export interface Recorder {
  readonly recording: Recording
  /** Asks for the microphone, and begins. */
  start(): void
  /** Ends, and hands over what was recorded. */
  stop(): void
}

/** What browsers record, the better first. */
const types = [
  { type: 'audio/webm;codecs=opus', extension: 'webm' },
  { type: 'audio/mp4', extension: 'm4a' },
  { type: 'audio/ogg;codecs=opus', extension: 'ogg' },
] as const

/** Records the microphone. @param onRecorded Is given the recording as a file, as if it had been chosen. */
export function useRecorder(onRecorded: (file: File) => void): Recorder {
  const [recording, setRecording] = useState<Recording>({ phase: 'idle' })
  const running = useRef<MediaRecorder>(null)

  // Whoever leaves the page is heard no longer.
  useEffect(() => () => running.current?.stream.getTracks().forEach((track) => void track.stop()), [])
  useEffect(() => {
    if (recording.phase !== 'recording') return
    const timer = setInterval(() => setRecording(oneMore), 1000)
    return () => clearInterval(timer)
  }, [recording.phase])

  async function start() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const kind = types.find(({ type }) => MediaRecorder.isTypeSupported(type))
      const recorder = new MediaRecorder(stream, kind && { mimeType: kind.type })
      const parts: Blob[] = []
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
      recorder.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop()
        running.current = null
        setRecording({ phase: 'idle' })
        const name = `Recording ${new Date().toLocaleDateString('en-CA')}.${kind?.extension ?? 'webm'}`
        onRecorded(new File(parts, name, { type: recorder.mimeType }))
      })
      // In parts, so that a long recording does not stay in memory.
      recorder.start(1000)
      running.current = recorder
      setRecording({ phase: 'recording', seconds: 0 })
    } catch (problem) {
      setRecording({ phase: 'failed', advice: adviceFor(problem) })
    }
  }

  return { recording, start, stop: () => running.current?.stop() }
}

const oneMore = (shown: Recording): Recording =>
  shown.phase === 'recording' ? { ...shown, seconds: shown.seconds + 1 } : shown

function adviceFor(problem: unknown): string {
  const name = problem instanceof DOMException ? problem.name : ''
  if (name === 'NotAllowedError') return 'Allow the microphone in the browser’s settings for this page.'
  if (name === 'NotFoundError') return 'Connect a microphone, then try again.'
  return 'This browser cannot record here. Choose a file instead.'
}
