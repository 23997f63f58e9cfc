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
  readonly autocomplete: 'username' | 'name' | 'email' | 'current-password' | 'new-password'
  readonly value?: string
  readonly hint?: string
  readonly error?: string | undefined
  /** Where another element says what is wrong. */
  readonly describedBy?: string | undefined
  /** Starts here: the page is one question, and this is where its answer begins. */
  readonly focus?: boolean
}

const kinds = {
  words: { type: 'text' },
  handle: { type: 'text', autocapitalize: 'none', spellcheck: false },
  email: { type: 'email' },
  password: { type: 'password' },
  newPassword: { type: 'password', minlength: 8 },
} as const

/** A labelled input with its hint and its error, both announced with it. */
export function Field({ name, label, kind, hint, error, describedBy, focus = false, ...rest }: FieldProps) {
  const described = [hint && `${name}-hint`, error && `${name}-error`, describedBy].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="quiet" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="wrong" id={`${name}-error`}>
          {error}
        </p>
      )}
      <input
        id={name}
        name={name}
        {...kinds[kind]}
        {...rest}
        required
        autofocus={focus}
        aria-describedby={described || undefined}
        aria-invalid={error || describedBy ? 'true' : undefined}
      />
    </div>
  )
}

/** The buttons of a form: to send it and, while an app waits for an answer, to turn the app down. */
export function Buttons({ submit, hidden }: { submit: string; hidden: Hidden }) {
  return (
    <div class="stack">
      <button type="submit" class="primary">
        {submit}
      </button>
      {hidden.request !== null && (
        <button type="submit" form="cancel">
          Cancel
        </button>
      )}
    </div>
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
