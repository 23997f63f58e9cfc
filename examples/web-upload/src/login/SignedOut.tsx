/** What the app is for, and the ways in. */
export function SignedOut({ onLogIn }: { onLogIn: (display: 'popup' | 'fullScreen') => void }) {
  return (
    <>
      <h2>Put your music on Audius</h2>
      <ul className="promises">
        <li>Upload a track with its cover, and hear it at once.</li>
        <li>Save what you like to your library.</li>
        <li>Log in with Audius: this app never gets your password.</li>
      </ul>
      <button type="button" className="primary" onClick={() => onLogIn('popup')}>
        Log in with Audius
      </button>
      <button type="button" className="link" onClick={() => onLogIn('fullScreen')}>
        Log in on the full page
      </button>
    </>
  )
}
