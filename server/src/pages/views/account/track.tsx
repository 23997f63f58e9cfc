import { Field, Mistakes } from '../form.tsx'
import type { Page } from '../page.ts'
import { accountLayout } from './account-layout.tsx'
import { TrackEntry, type TrackWords } from './music-list.tsx'

/** What a person says about a track. */
export interface TrackValues {
  readonly title: string
  readonly genre: string
  readonly tags: string
  readonly description: string
  readonly isUnlisted: boolean
}

/** What is wrong with each field, in words for the person. */
export type TrackMistakes = Readonly<Record<string, string>>

interface TrackForm {
  readonly page: Page
  readonly track: TrackWords
  readonly typed: TrackValues
  readonly mistakes: TrackMistakes
  readonly csrf: string
}

/** The page on which a person changes a track of theirs, or takes it back. */
export function trackPage({ page, track, typed, mistakes, csrf }: TrackForm): string {
  const path = `/account/tracks/${track.id}`
  return accountLayout({
    page,
    tab: 'My tracks',
    hasMistakes: Object.keys(mistakes).length > 0,
    children: (
      <>
        <p>
          <a href="/account/tracks">All your tracks</a>
        </p>
        <Mistakes mistakes={Object.entries(mistakes)} />
        <TrackEntry track={track} about={`Published on ${track.publishedOn}`} />
        <form method="post" action={path}>
          <input type="hidden" name="csrf" value={csrf} />
          <Field name="title" label="Title" kind="words" value={typed.title} error={mistakes['title']} />
          <Field name="genre" label="Genre" kind="words" value={typed.genre} error={mistakes['genre']} />
          <Field
            name="tags"
            label="Tags (optional)"
            hint="Words with commas between them"
            kind="words"
            value={typed.tags}
            error={mistakes['tags']}
            isOptional
          />
          <Field
            name="description"
            label="Description (optional)"
            kind="lines"
            value={typed.description}
            error={mistakes['description']}
            isOptional
          />
          <label class="choice">
            <input type="checkbox" name="is_unlisted" checked={typed.isUnlisted} />
            <span>Unlisted: only who has its link finds it</span>
          </label>
          <div class="stack">
            <button type="submit" class="primary">
              Save
            </button>
          </div>
        </form>
        <section class="entry">
          <h2>Unpublish</h2>
          <p>
            The track is deleted with its comments and files, from every playlist and library. This cannot be
            undone.
          </p>
          <form method="post" action={`${path}/delete`}>
            <input type="hidden" name="csrf" value={csrf} />
            <button type="submit" class="danger">
              Unpublish
            </button>
          </form>
        </section>
      </>
    ),
  })
}
