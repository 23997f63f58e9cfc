const day = 86_400_000
const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** A day in words, and the minute. @param at,now milliseconds since the Unix epoch */
export function Minute({ at, now }: { at: number; now: number }) {
  return (
    <>
      <Day at={at} now={now} /> at {new Date(at).toISOString().slice(11, 16)} UTC
    </>
  )
}

/** A day in words. @param at,now milliseconds since the Unix epoch */
export function Day({ at, now }: { at: number; now: number }) {
  const date = new Date(at)
  const ago = Math.floor(now / day) - Math.floor(at / day)
  const named = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return <time dateTime={date.toISOString()}>{ago === 0 ? 'today' : ago === 1 ? 'yesterday' : named}</time>
}
