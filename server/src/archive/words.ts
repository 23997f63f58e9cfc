import type { ImportCounts } from '../store/contract/store.ts'

/** What came of an import, in words for whoever sent it. */
export function wordsOf({ tracks, playlists, saved, elsewhere }: ImportCounts): string {
  const parts = [
    ...(tracks > 0 ? [count(tracks, 'track')] : []),
    ...(playlists > 0 ? [count(playlists, 'playlist or album', 'playlists and albums')] : []),
    ...(saved > 0 ? [`${count(saved, 'track')} in your library`] : []),
  ]
  const done = parts.length === 0 ? 'All of it was here already.' : `Imported: ${joined(parts)}.`
  if (elsewhere === 0) return done
  return `${done} Left out, because they are other people’s and not on this server: ${count(elsewhere, 'track')} of playlists and library.`
}

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
