/** What is read by which of ffmpeg's demuxers, and served as which media type. What is not here is never opened. */
const formats: ReadonlyMap<string, string> = new Map([
  ['wav', 'audio/wav'],
  ['w64', 'audio/x-w64'],
  ['aiff', 'audio/aiff'],
  ['flac', 'audio/flac'],
  ['ogg', 'audio/ogg'],
  ['mov,mp4,m4a,3gp,3g2,mj2', 'audio/mp4'],
  ['mp3', 'audio/mpeg'],
  ['aac', 'audio/aac'],
  ['matroska,webm', 'audio/webm'],
  ['caf', 'audio/x-caf'],
  ['asf', 'audio/x-ms-wma'],
  ['au', 'audio/basic'],
  ['wv', 'audio/x-wavpack'],
  ['ape', 'audio/x-ape'],
  ['tta', 'audio/x-tta'],
  ['amr', 'audio/amr'],
  ['ac3', 'audio/ac3'],
  ['eac3', 'audio/eac3'],
])

/** The demuxers that may be used, as ffmpeg's `format_whitelist` takes them. */
export const demuxers = [...formats.keys()].join(',')

/** The media type of what a demuxer reads; `undefined` for one that is not used. */
export const mediaTypeOf = (demuxer: string): string | undefined => formats.get(demuxer)
