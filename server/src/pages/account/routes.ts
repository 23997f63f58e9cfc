import type { Reply, Request } from '../../http/message.ts'
import type { AccountDeps } from './account-deps.ts'
import { endAccess, showConnectedApps } from './apps.ts'
import { archiveExport } from './archive.ts'
import { showData, showDeleted } from './data.ts'
import { deleteAccount } from './delete-account.ts'
import { cancelEmailChange, changeEmail, sendConfirmation } from './email.ts'
import { dataExport } from './export.ts'
import { importArchive } from './import.ts'
import { deleteTrack, removeFromLibrary, saveTrack, showLibrary, showTrack, showTracks } from './music.ts'
import { askToAddPasskey, proveByPasskey, removePasskey, savePasskey } from './passkeys.ts'
import { changePassword } from './password.ts'
import { changePlaylist, showPlaylists } from './playlists.ts'
import { saveProfile, showProfile } from './profile.ts'
import { showSecurity } from './security.ts'
import { endOtherSessions, endSession } from './sessions.ts'

/** A page or form of the account: whether its body is left to it to read comes last. */
export type AccountPage = readonly [
  method: 'GET' | 'POST',
  path: string,
  answer: (request: Request, deps: AccountDeps) => Reply | Promise<Reply>,
  isStreamed?: boolean,
]

/** Every page and form on which people look after their account. */
export const accountPages: readonly AccountPage[] = [
  ['GET', '/account', showProfile],
  ['POST', '/account/profile', saveProfile, true],
  ['GET', '/account/security', showSecurity],
  ['POST', '/account/password', changePassword],
  ['POST', '/account/passkeys', savePasskey],
  ['POST', '/account/passkeys/options', askToAddPasskey],
  ['POST', '/account/passkeys/prove', proveByPasskey],
  ['POST', '/account/passkeys/remove', removePasskey],
  ['POST', '/account/email', changeEmail],
  ['POST', '/account/email/confirm', sendConfirmation],
  ['POST', '/account/email/cancel', cancelEmailChange],
  ['POST', '/account/sessions/end', endSession],
  ['POST', '/account/sessions/end-others', endOtherSessions],
  ['GET', '/account/tracks', showTracks],
  ['GET', '/account/tracks/:id', showTrack],
  ['POST', '/account/tracks/:id', saveTrack],
  ['POST', '/account/tracks/:id/delete', deleteTrack],
  ['GET', '/account/playlists', showPlaylists],
  ['POST', '/account/playlists/:id', changePlaylist],
  ['GET', '/account/library', showLibrary],
  ['POST', '/account/library/remove', removeFromLibrary],
  ['GET', '/account/apps', showConnectedApps],
  ['POST', '/account/apps/end', endAccess],
  ['GET', '/account/data', showData],
  ['GET', '/account/data/export', dataExport.send],
  ['POST', '/account/data/export', dataExport.prove],
  ['GET', '/account/data/archive', archiveExport.send],
  ['POST', '/account/data/archive', archiveExport.prove],
  ['POST', '/account/data/import', importArchive, true],
  ['POST', '/account/delete', deleteAccount],
  ['GET', '/account/deleted', showDeleted],
]
