import { mostBytes, sizeInWords } from '../../limits.ts'

interface PictureFieldProps {
  readonly name: 'profile_picture' | 'cover_photo' | 'logo'
  readonly label: string
  readonly shape: 'square' | 'banner'
  /** URL of the picture that is there. */
  readonly url: string | null
  /** The CID of a new one that was made already. */
  readonly kept: string | null
  /** Whether the one that is there is to go. */
  readonly isRemoved: boolean
  readonly hint: string
  readonly error: string | undefined
}

/** A picture in the shape it is shown in, with a way to choose another and to remove it. */
export function PictureField({ name, label, shape, url, kept, isRemoved, hint, error }: PictureFieldProps) {
  const described = [`${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <p class="quiet" id={`${name}-hint`}>
        JPEG, PNG, WebP or AVIF, up to {sizeInWords(mostBytes.picture)}. {hint} Where it was taken and other
        details in the file are removed.
      </p>
      {error && (
        <p class="wrong" id={`${name}-error`}>
          {error}
        </p>
      )}
      <div class={`picture ${shape}`}>{url === null ? <span>None yet</span> : <img src={url} alt="" />}</div>
      <input
        id={name}
        name={name}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/avif"
        aria-describedby={described}
        aria-invalid={error ? 'true' : undefined}
      />
      {kept !== null && (
        <>
          <input type="hidden" name={`kept_${name}`} value={kept} />
          <p class="quiet">The one you chose is kept, and is saved with the rest.</p>
        </>
      )}
      {url !== null && (
        <label class="choice">
          <input type="checkbox" name={`remove_${name}`} value="yes" checked={isRemoved} /> Remove it
        </label>
      )}
    </div>
  )
}
