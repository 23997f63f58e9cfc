/** The mark of an artist whom Audius vouches for. */
export function Verified() {
  return (
    <svg className="verified" viewBox="0 0 16 16" role="img" aria-label="Verified">
      <circle cx="8" cy="8" r="8" />
      <path d="m4.6 8.3 2.3 2.3 4.5-4.8" />
    </svg>
  )
}
