/** A size as people read it: `830 kB`, `4.2 MB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  if (count < 1e6) return `${Math.round(count / 1000)} kB`
  return `${(count / 1e6).toFixed(1)} MB`
}
