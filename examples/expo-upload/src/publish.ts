import { type AudioUpload, type ImageUpload, isStagedoorError } from '@stagedoor/sdk'
import { useCallback, useEffect, useRef, useState } from 'react'
import { audius } from './audius'
import type { Picked } from './pick'

/** A track before it is uploaded. */
export interface Draft {
  readonly audio: Picked
  readonly cover: Picked | null
  readonly title: string
  readonly genre: string
  readonly isUnlisted: boolean
}

/** How far publishing has got. */
export type Stage =
  | { readonly name: 'writing' }
  /** Bytes are on their way. */
  | { readonly name: 'sending'; readonly part: number; readonly isPaused: boolean }
  /** The server makes what is played from what was sent. */
  | { readonly name: 'processing'; readonly part: number }
  | { readonly name: 'publishing' }
  | { readonly name: 'published'; readonly title: string }

const writing: Stage = { name: 'writing' }

/** Uploads and publishes one track at a time. What it shows outlives the screen that began it. */
export function usePublish(userId: string) {
  const [stage, show] = useState<Stage>(writing)
  const [problem, setProblem] = useState<unknown>()
  const [draft, setDraft] = useState<Draft | null>(null)
  const upload = useRef<AudioUpload | ImageUpload>(null)

  const cancel = useCallback(() => {
    // The bytes that have arrived are of no use to anybody; where nothing is reached, the server forgets them by itself.
    upload.current?.abort(true).catch(() => undefined)
  }, [])

  // Who signs out does not want it any more.
  useEffect(() => cancel, [cancel])

  async function publish(draft: Draft): Promise<void> {
    setDraft(draft)
    setProblem(undefined)
    show({ name: 'sending', part: 0, isPaused: false })
    try {
      const coverArtSizes = draft.cover && (await startCover(draft.cover))
      const sound = await startAudio(draft.audio)
      show({ name: 'publishing' })
      const { title, genre, isUnlisted } = draft
      const metadata = { ...sound, title, genre, isUnlisted, ...(coverArtSizes && { coverArtSizes }) }
      await audius.tracks.createTrack({ userId, metadata })
      show({ name: 'published', title })
      setDraft(null)
    } catch (reason) {
      show(writing)
      if (!isStagedoorError(reason) || !reason.cancelled) setProblem(reason)
    } finally {
      upload.current = null
    }
  }

  function startCover(file: Picked) {
    const cover = audius.uploads.createImageUpload({ file })
    upload.current = cover
    return cover.start()
  }

  function startAudio(file: Picked) {
    const audio = audius.uploads.createAudioUpload({
      file,
      onProgress: ({ loaded, total, transcode }) =>
        show((shown) => {
          if (transcode !== undefined) return { name: 'processing', part: transcode }
          const isPaused = shown.name === 'sending' && shown.isPaused
          return { name: 'sending', part: total === 0 ? 0 : loaded / total, isPaused }
        }),
    })
    upload.current = audio
    return audio.start()
  }

  function setPaused(isPaused: boolean) {
    if (isPaused) upload.current?.pause()
    else upload.current?.resume()
    show((shown) => (shown.name === 'sending' ? { ...shown, isPaused } : shown))
  }

  const startAnew = () => show(writing)
  return { stage, problem, draft, publish, setPaused, cancel, startAnew }
}

/** What the screens are given of it. */
export type Publishing = ReturnType<typeof usePublish>
