import { mostBytes, sizeInWords } from '../../../limits.ts'
/** What becomes of the archive that was sent last. */
export interface LastImport {
  readonly state: 'working' | 'done' | 'refused'
  readonly words: string | null
  /** Files of it, of all that are read in. */
  readonly done: number
  readonly total: number
}

interface Import {
  readonly last: LastImport | undefined
  readonly error: string | undefined
  readonly csrf: string
}

/** The part of a page in which a person brings along what they had on another server. */
export function ImportSection({ last, error, csrf }: Import) {
  return (
    <section class="entry">
      <h2>Bring your music from another server</h2>
      <p>
        Choose the archive with audio and pictures that you downloaded there, from a page like this one.
        Tracks, covers, playlists, albums and your library come with it; your profile is filled in where it is
        empty. Nothing is doubled when you send it twice.
      </p>
      {last && <Outcome last={last} />}
      <form method="post" action="/account/data/import" enctype="multipart/form-data">
        <input type="hidden" name="csrf" value={csrf} />
        <div class="field">
          <label for="archive">Archive</label>
          <p class="quiet" id="archive-hint">
            A .tar file of up to {sizeInWords(mostBytes.archive)}.
          </p>
          {error && (
            <p class="wrong" id="archive-error">
              {error}
            </p>
          )}
          <input
            id="archive"
            name="archive"
            type="file"
            accept=".tar,application/x-tar"
            required
            aria-describedby={error ? 'archive-hint archive-error' : 'archive-hint'}
            aria-invalid={error ? 'true' : undefined}
          />
        </div>
        <div class="stack">
          <button type="submit">Import the archive</button>
        </div>
      </form>
    </section>
  )
}

function Outcome({ last: { state, words, done, total } }: { last: LastImport }) {
  if (state === 'working')
    return (
      <p class="done" role="status">
        Your archive is being read in: {done} of {total} files. You can leave this page.{' '}
        <a href="/account/data">Look again</a>
      </p>
    )
  if (state === 'done')
    return (
      <p class="done" role="status">
        Your last archive is read in. {words}
      </p>
    )
  return (
    <div class="alert" role="status">
      <p>Your last archive was not imported, and nothing of it is here. {words}</p>
    </div>
  )
}
