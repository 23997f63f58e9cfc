import type { Playlist, Track } from '@stagedoor/sdk'
import { type FormEvent, useEffect, useState } from 'react'
import { audius } from '../audius.ts'
import { Notice } from '../shared/Notice.tsx'
import { type Words, wordsFor } from '../shared/words.ts'

const newOne = 'new'

/** Puts a track into a playlist of whoever looks at it, or into a new one. */
export function AddToPlaylist({ track, userId }: { track: Track; userId: string }) {
  const [playlists, setPlaylists] = useState<readonly Playlist[]>([])
  const [chosen, setChosen] = useState(newOne)
  const [name, setName] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [added, setAdded] = useState<string>()
  const [words, setWords] = useState<Words>()

  useEffect(() => {
    const controller = new AbortController()
    audius.users
      .getPlaylistsByUser({ id: userId, limit: 100 }, { signal: controller.signal })
      .then(({ data }) => {
        setPlaylists(data)
        setChosen(data[0]?.id ?? newOne)
      })
      .catch((problem: unknown) => {
        if (!controller.signal.aborted) setWords(wordsFor(problem, 'Your playlists did not load'))
      })
    return () => controller.abort()
  }, [userId])

  async function add(event: FormEvent) {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    setWords(undefined)
    setAdded(undefined)
    try {
      setAdded(await put())
    } catch (problem) {
      setWords(wordsFor(problem, 'The track was not added'))
    } finally {
      setBusy(false)
    }
  }

  /** Answers the name of where it is now. */
  async function put(): Promise<string> {
    if (chosen === newOne) {
      const metadata = { playlistName: name.trim(), playlistContents: [{ trackId: track.id }] }
      await audius.playlists.createPlaylist({ metadata })
      return name.trim()
    }
    await audius.playlists.addTrackToPlaylist({ playlistId: chosen, trackId: track.id })
    return playlists.find(({ id }) => id === chosen)?.playlistName ?? 'the playlist'
  }

  return (
    <form className="inline" onSubmit={add}>
      {playlists.length > 0 && (
        <div className="field">
          <label htmlFor="playlist">Playlist</label>
          <select id="playlist" value={chosen} onChange={({ target }) => setChosen(target.value)}>
            {playlists.map(({ id, playlistName }) => (
              <option key={id} value={id}>
                {playlistName}
              </option>
            ))}
            <option value={newOne}>A new one</option>
          </select>
        </div>
      )}
      {chosen === newOne && (
        <div className="field">
          <label htmlFor="playlist-name">New playlist</label>
          <input
            id="playlist-name"
            required
            maxLength={140}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </div>
      )}
      <button type="submit" aria-busy={isBusy}>
        Add to playlist
      </button>
      {added !== undefined && (
        <p className="quiet" role="status">
          It is in “{added}” now.
        </p>
      )}
      {words && <Notice words={words} onDismiss={() => setWords(undefined)} />}
    </form>
  )
}
