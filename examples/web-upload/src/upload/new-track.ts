import { useState } from 'react'
import { audius } from '../audius.ts'
import { trackHref } from '../route.ts'
import type { Details } from '../tracks/TrackFields.tsx'
import { useFileUpload } from './file-upload.ts'
import { remembered } from './remembered.ts'

const blank: Details = { title: '', genre: '', description: '', isUnlisted: false }

export type NewTrack = ReturnType<typeof useNewTrack>

/** A track on its way: two files, what is said of them, and publishing. A tab keeps it over a reload, for one user. */
export function useNewTrack(userId: string) {
  const key = `new-track:${userId}`
  const audio = useFileUpload(`${key}:audio`, (file, onProgress) =>
    audius.uploads.createAudioUpload({ file, onProgress }),
  )
  const cover = useFileUpload(`${key}:cover`, (file, onProgress) =>
    audius.uploads.createImageUpload({ file, onProgress }),
  )
  const [details, setDetails] = useState(() => remembered.read<Details>(key) ?? blank)
  const [isPublishing, setPublishing] = useState(false)
  const [problem, setProblem] = useState<unknown>()

  function changeDetails(changed: Details) {
    remembered.write(key, changed)
    setDetails(changed)
  }

  function chooseAudio(file: File) {
    audio.choose(file)
    if (!details.title.trim()) changeDetails({ ...details, title: titleOf(file.name) })
  }

  /** Publishes as soon as both files are there. */
  async function publish() {
    setPublishing(true)
    setProblem(undefined)
    try {
      const [sound, picture] = await Promise.all([audio.finished(), cover.finished()])
      // One of them failed or was cancelled, and says so itself.
      if (!sound || (cover.state.phase !== 'empty' && !picture)) return
      const { title, description, ...rest } = details
      const { trackId } = await audius.tracks.createTrack({
        metadata: {
          ...rest,
          ...sound,
          title: title.trim(),
          description: description.trim(),
          ...(picture !== undefined && { coverArtSizes: picture }),
        },
      })
      audio.clear()
      cover.clear()
      remembered.write(key, null)
      setDetails(blank)
      location.hash = trackHref(trackId)
    } catch (reason) {
      setProblem(reason)
    } finally {
      setPublishing(false)
    }
  }

  return {
    audio: { ...audio, choose: chooseAudio },
    cover,
    details,
    changeDetails,
    isPublishing,
    problem,
    publish,
  }
}

/** A title out of a file's name: `01_my-song.mp3` is "01 my-song". */
const titleOf = (filename: string) =>
  filename
    .replace(/\.\w+$/, '')
    .replaceAll('_', ' ')
    .trim()
    .slice(0, 140)
