import { genres } from './genres.ts'

/** What an artist says of a track. */
export interface Details {
  readonly title: string
  readonly genre: string
  readonly description: string
  readonly isUnlisted: boolean
}

interface TrackFieldsProps {
  readonly details: Details
  readonly isDisabled: boolean
  readonly onChange: (details: Details) => void
}

export function TrackFields({ details, isDisabled, onChange }: TrackFieldsProps) {
  const { title, genre, description, isUnlisted } = details
  const change = (changes: Partial<Details>) => onChange({ ...details, ...changes })
  return (
    <fieldset className="fields" disabled={isDisabled}>
      <legend className="hidden">Details</legend>
      <label>
        Title
        <input
          name="title"
          required
          maxLength={140}
          value={title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </label>
      <label>
        Genre
        <select
          name="genre"
          required
          value={genre}
          onChange={(event) => change({ genre: event.target.value })}
        >
          <option value="">Choose a genre</option>
          {(genre && !genres.includes(genre) ? [genre, ...genres] : genres).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Description (optional)
        <textarea
          name="description"
          rows={3}
          maxLength={2500}
          value={description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </label>
      <fieldset className="choices">
        <legend>Who finds it</legend>
        <label>
          <input
            type="radio"
            name="visibility"
            checked={!isUnlisted}
            onChange={() => change({ isUnlisted: false })}
          />
          <span>
            <b>Everyone</b> It is on your profile and in the search.
          </span>
        </label>
        <label>
          <input
            type="radio"
            name="visibility"
            checked={isUnlisted}
            onChange={() => change({ isUnlisted: true })}
          />
          <span>
            <b>Who has the link</b> It is unlisted: on no profile and in no search.
          </span>
        </label>
      </fieldset>
    </fieldset>
  )
}
