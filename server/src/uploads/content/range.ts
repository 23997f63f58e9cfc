/** The bytes of a range, both ends included. */
export interface Range {
  readonly first: number
  readonly last: number
}

/**
 * Reads a Range header for a file of `size` bytes (RFC 9110 §14.2).
 * @returns null for the whole file, which also answers what is no single byte range; `'outside'` for a 416
 */
export function readRange(header: string | undefined, size: number): Range | null | 'outside' {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '')
  const [, from = '', to = ''] = match ?? []
  if (from === '' && to === '') return null
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'outside' : { first: size - length, last: size - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return null
  if (first >= size) return 'outside'
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
