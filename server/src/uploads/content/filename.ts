/** What files of a media type are called, the usual ending first. */
const endings: ReadonlyMap<string, readonly string[]> = new Map([
  ['audio/mpeg', ['mp3']],
  ['audio/wav', ['wav', 'wave']],
  ['audio/aiff', ['aiff', 'aif', 'aifc']],
  ['audio/flac', ['flac']],
  ['audio/ogg', ['ogg', 'oga', 'opus']],
  ['audio/mp4', ['m4a', 'm4b', 'mp4']],
  ['audio/aac', ['aac']],
])
const known = new Set([...endings.values()].flat())

/**
 * The name to save a file under: it ends as its media type does, whatever its sender called it, so that it opens in a
 * player and in nothing else.
 */
export function filenameFor(type: string, given: string): string {
  const fitting = endings.get(type) ?? []
  const [usual] = fitting
  const [, stem = given, ending = ''] = /^(.+)\.([^.]*)$/.exec(given) ?? []
  if (usual === undefined || fitting.includes(ending.toLowerCase())) return given
  return `${known.has(ending.toLowerCase()) ? stem : given}.${usual}`
}

/** The name of a file as it is shown: the last segment of a path, without characters that hide or turn others. */
export function shownName(filename: string): string {
  const last = filename.split(/[/\\]/).at(-1) ?? ''
  const visible = last
    .normalize('NFC')
    .replace(/\p{C}|\p{Zl}|\p{Zp}/gu, '')
    .trim()
  const name = Array.from(visible).slice(0, 200).join('')
  return name === '' || /^\.+$/.test(name) ? 'untitled' : name
}
