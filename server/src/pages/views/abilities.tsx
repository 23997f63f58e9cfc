const sees = [
  'See your profile',
  'See your tracks, unlisted ones as well, and your library',
  'See which apps may use your account, and which you have registered',
]
/** What an app may do, in the words of the consent page. */
export const able = {
  read: sees,
  write: [
    ...sees,
    'Upload, edit and delete tracks',
    'Save tracks to your library and remove them',
    'Edit your profile',
    'Register, edit and delete apps of yours',
    'End the access of other apps to your account',
  ],
}
/** What no app may do. */
export const unable = {
  read: ['Upload, save, edit or delete anything', 'See your password or email'],
  write: ['See or change your password or email', 'Delete your account'],
}

/** A list of what an app can or cannot do. */
export function Facts({ kind, facts }: { kind: 'can' | 'cannot'; facts: readonly string[] }) {
  return (
    <ul class={kind}>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  )
}
