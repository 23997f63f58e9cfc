import type { MusicImport, ProfileChanges, UploadFile, User } from '../store/contract/store.ts'
import type { Archive } from './archive.ts'
import type { TakenFiles } from './take-files.ts'

/** What is to be published of an archive once its files are uploads. */
export function musicOf(
  { server, tracks, playlists, saved, profile }: Archive,
  files: TakenFiles,
  user: User,
  { issuer, clock }: { readonly issuer: string; readonly clock: () => number },
): MusicImport {
  const cidOf = (key: string, role: UploadFile['role']): string | null =>
    files.get(key)?.files.find((file) => file.role === role)?.cid ?? null
  const picture = cidOf('picture', 'image')
  const banner = cidOf('banner', 'image')
  const changes: ProfileChanges = {
    ...(!user.bio && { bio: profile.bio || null }),
    ...(!user.location && { location: profile.location || null }),
    ...(!user.website && { website: profile.website || null }),
    ...(picture !== null && { profilePicture: picture }),
    ...(banner !== null && { coverPhoto: banner }),
  }
  return {
    userId: user.id,
    server,
    isSameServer: server === issuer,
    now: clock(),
    profile: changes,
    saved,
    tracks: tracks.flatMap(({ sourceId, facts, slug, createdAt, hasOriginal, hasPreview }) => {
      const trackCid = cidOf(`track ${sourceId}`, 'stream')
      if (trackCid === null) return []
      const made = {
        ...facts,
        trackCid,
        origFileCid: hasOriginal ? cidOf(`track ${sourceId}`, 'original') : null,
        previewCid: hasPreview ? cidOf(`track ${sourceId}`, 'preview') : null,
        coverArt: cidOf(`cover ${sourceId}`, 'image'),
      }
      return [{ sourceId, facts: { ...made, createdAt, ...(slug !== undefined && { slug }) } }]
    }),
    playlists: playlists.map(({ sourceId, facts, createdAt, entries }) => ({
      sourceId,
      createdAt,
      entries,
      facts: { ...facts, coverArt: cidOf(`playlist ${sourceId}`, 'image') },
    })),
  }
}
