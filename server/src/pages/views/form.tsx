import type { ComponentChildren } from 'preact'
import { passwordLength } from '../../limits.ts'
import type { Hidden } from './page.ts'

/** The fields that every form sends back unseen. */
export function HiddenFields({ hidden }: { hidden: Hidden }) {
  return (
    <>
      {hidden.request !== null && <input type="hidden" name="request" value={hidden.request} />}
      {hidden.next !== null && <input type="hidden" name="next" value={hidden.next} />}
      <input type="hidden" name="csrf" value={hidden.csrf} />
    </>
  )
}

/** A link's address that keeps what the person came for: an authorization request, or a page of ours. */
export function within(path: string, { request, next }: Hidden): string {
  if (request !== null) return `${path}?request=${encodeURIComponent(request)}`
  return next === null ? path : `${path}?next=${encodeURIComponent(next)}`
}

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly kind: keyof typeof kinds
  readonly autocomplete?:
    | 'username'
    | 'username webauthn'
    | 'name'
    | 'email'
    | 'url'
    | 'current-password'
    | 'new-password'
    | 'off'
  readonly value?: string
  readonly hint?: string
  readonly error?: ComponentChildren
  /** Where another element says what is wrong. */
  readonly describedBy?: string | undefined
  /** Starts here: the page is one question, and this is where its answer begins. */
  readonly focus?: boolean
  readonly isOptional?: boolean
  /** What tells it from a field of the same name in another form of the page. */
  readonly id?: string
}

const kinds = {
  words: { type: 'text' },
  handle: { type: 'text', autocapitalize: 'none', spellcheck: false },
  email: { type: 'email' },
  url: { type: 'url' },
  password: { type: 'password' },
  newPassword: { type: 'password', minlength: passwordLength.least },
  lines: { rows: 4 },
} as const

/** A labelled input with its hint and its error, both announced with it. */
export function Field({
  name,
  id = name,
  label,
  kind,
  hint,
  error,
  describedBy,
  focus = false,
  isOptional = false,
  ...rest
}: FieldProps) {
  const described = [hint && `${id}-hint`, error && `${id}-error`, describedBy].filter(Boolean).join(' ')
  const attributes = {
    id,
    name,
    ...kinds[kind],
    ...rest,
    required: !isOptional,
    autofocus: focus,
    'aria-describedby': described || undefined,
    'aria-invalid': error || describedBy ? ('true' as const) : undefined,
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="quiet" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="wrong" id={`${id}-error`}>
          {error}
        </p>
      )}
      {kind === 'lines' ? <textarea {...attributes} /> : <input {...attributes} />}
    </div>
  )
}

/** Says on top of a form what is wrong in it, each with a link to its field. */
export function Mistakes({ mistakes }: { mistakes: readonly (readonly [id: string, words: string])[] }) {
  if (mistakes.length === 0) return null
  return (
    <div class="alert" role="alert" tabIndex={-1} autofocus>
      <p>Please check {mistakes.length === 1 ? 'this' : 'these'}:</p>
      <ul>
        {mistakes.map(([id, words]) => (
          <li key={id}>
            <a href={`#${id}`}>{words}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface ButtonsProps {
  readonly submit: string
  readonly hidden: Hidden
  /** Other ways to go on. */
  readonly children?: ComponentChildren
}

/** The buttons of a form: to send it and, while an app waits for an answer, to turn the app down. */
export function Buttons({ submit, hidden, children }: ButtonsProps) {
  return (
    <div class="stack">
      <button type="submit" class="primary">
        {submit}
      </button>
      {children}
      {hidden.request !== null && (
        <button type="submit" form="cancel">
          Cancel
        </button>
      )}
    </div>
  )
}

/** Sends a form to be proven by a passkey in place of the password in it, where there is one. */
export function PasskeyInstead({ isOffered }: { isOffered: boolean }) {
  if (!isOffered) return null
  return (
    <button type="submit" name="proof" value="passkey" formNoValidate>
      Use a passkey instead
    </button>
  )
}

/** What the Cancel button sends: a form of its own, so that what was typed stays here. */
export function CancelForm({ hidden }: { hidden: Hidden }) {
  if (hidden.request === null) return null
  return (
    <form id="cancel" method="post" action="/cancel">
      <HiddenFields hidden={hidden} />
    </form>
  )
}
