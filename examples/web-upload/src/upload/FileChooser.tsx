import { useId } from 'react'

interface FileChooserProps {
  /** What to choose, such as "Choose the audio". */
  readonly label: string
  readonly hint: string
  /** As `<input accept>` takes it. */
  readonly accept: string
  readonly isOver: boolean
  readonly onChoose: (file: File) => void
}

/** Opens the browser's own file dialog, by mouse or keyboard; files may also be dropped on the page. */
export function FileChooser({ label, hint, accept, isOver, onChoose }: FileChooserProps) {
  const id = useId()
  return (
    <label className={isOver ? 'chooser over' : 'chooser'}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 16V5m0 0L7.5 9.5M12 5l4.5 4.5M5 19h14" />
      </svg>
      <b>{label}</b>
      <span id={id} className="quiet">
        {hint}
      </span>
      <input
        type="file"
        className="hidden"
        accept={accept}
        aria-label={label}
        aria-describedby={id}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) onChoose(file)
          // So that choosing the same file again is a change.
          currentTarget.value = ''
        }}
      />
    </label>
  )
}
