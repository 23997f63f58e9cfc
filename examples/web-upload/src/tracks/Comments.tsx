import type { Comment } from '@stagedoor/sdk'
import { type FormEvent, useEffect, useState } from 'react'
import { audius } from '../audius.ts'
import { Notice } from '../shared/Notice.tsx'
import { type Words, wordsFor } from '../shared/words.ts'

/** What people say about a track, and a place to say something. */
export function Comments({ trackId }: { trackId: string }) {
  const [comments, setComments] = useState<readonly Comment[]>([])
  const [body, setBody] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [written, setWritten] = useState(0)
  const [words, setWords] = useState<Words>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written is loaded with the rest
  useEffect(() => {
    const controller = new AbortController()
    audius.tracks
      .getTrackComments({ trackId, sortMethod: 'newest' }, { signal: controller.signal })
      .then(({ data }) => setComments(data))
      .catch((problem: unknown) => {
        if (!controller.signal.aborted) setWords(wordsFor(problem, 'The comments did not load'))
      })
    return () => controller.abort()
  }, [trackId, written])

  async function write(event: FormEvent) {
    event.preventDefault()
    if (isBusy || body.trim() === '') return
    setBusy(true)
    setWords(undefined)
    try {
      const metadata = { entityType: 'Track', entityId: trackId, body: body.trim() } as const
      await audius.comments.createComment({ metadata })
      setBody('')
      setWritten((count) => count + 1)
    } catch (problem) {
      setWords(wordsFor(problem, 'The comment was not sent'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <section aria-labelledby="comments">
      <h3 id="comments">Comments</h3>
      <form className="inline" onSubmit={write}>
        <div className="field">
          <label htmlFor="comment">Say something</label>
          <input
            id="comment"
            maxLength={400}
            autoComplete="off"
            value={body}
            onChange={({ target }) => setBody(target.value)}
          />
        </div>
        <button type="submit" aria-busy={isBusy}>
          Send
        </button>
      </form>
      {words && <Notice words={words} onDismiss={() => setWords(undefined)} />}
      <ul className="comments">
        {comments.map(({ id, message, user }) => (
          <li key={id}>
            <b>{user?.name ?? 'Somebody'}</b> <span>{message}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
