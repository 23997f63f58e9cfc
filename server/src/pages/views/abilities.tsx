const sees = ['See your profile', 'See your tracks, unlisted ones as well, and your library']
/** What an app may do, in the words of the consent page. */
export const able = {
  read: sees,
  write: [
    ...sees,
    'Upload, edit and delete tracks',
    'Save tracks to your library and remove them',
    'Edit your profile',
  ],
}
/** What no app may do. */
export const unable = {
  read: [
    'Upload, save, edit or delete anything',
    'See your password or email',
    'See or change other apps of yours',
  ],
  write: ['See or change your password or email', 'See or change other apps of yours', 'Delete your account'],
}

/** The same where the email is a question of its own. */
export const unableButEmail = {
  read: unable.read.map((fact) => (fact === 'See your password or email' ? 'See your password' : fact)),
  write: unable.write.map((fact) =>
    fact === 'See or change your password or email'
      ? 'See or change your password, or change your email'
      : fact,
  ),
}

interface FactsProps {
  readonly kind: 'can' | 'cannot'
  readonly facts: readonly string[]
  /** What the person knows of it; the rest is marked as new. */
  readonly known?: readonly string[]
}

/** A list of what an app can or cannot do. */
export function Facts({ kind, facts, known = facts }: FactsProps) {
  return (
    <ul class={kind}>
      {facts.map((fact) => (
        <li key={fact}>
          {!known.includes(fact) && (
            <>
              <strong class="new">New:</strong>{' '}
            </>
          )}
          {fact}
        </li>
      ))}
    </ul>
  )
}
