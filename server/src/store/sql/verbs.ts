import type { Store } from '../contract/store.ts'
import * as account from './accounts/account.ts'
import * as emailChanges from './accounts/email-changes.ts'
import { isKnownBrowser } from './accounts/known-browsers.ts'
import * as managementTokens from './accounts/management-tokens.ts'
import * as passkeys from './accounts/passkeys.ts'
import * as passwordResets from './accounts/password-resets.ts'
import * as sessions from './accounts/sessions.ts'
import { useChallenge } from './accounts/used-challenges.ts'
import * as users from './accounts/users.ts'
import * as appChanges from './apps/app-changes.ts'
import * as appNames from './apps/app-names.ts'
import * as apps from './apps/apps.ts'
import { keepDocumentApp } from './apps/document-apps.ts'
import * as idTokenAlgorithm from './apps/id-token-algorithm.ts'
import * as redirectUris from './apps/redirect-uris.ts'
import * as auditReads from './audit/reads.ts'
import * as commentLists from './comments/comment-lists.ts'
import * as comments from './comments/comments.ts'
import { importMusic } from './imports/import-music.ts'
import { findImportedTracks } from './imports/items.ts'
import * as importStatus from './imports/status.ts'
import { takeLease } from './leases.ts'
import * as attempts from './limits/attempts.ts'
import * as paces from './limits/paces.ts'
import * as doings from './listening/doings.ts'
import * as follows from './listening/follows.ts'
import * as history from './listening/history.ts'
import * as marks from './listening/marks.ts'
import * as trending from './listening/trending.ts'
import * as favorites from './music/favorites.ts'
import * as plays from './music/plays.ts'
import * as profiles from './music/profiles.ts'
import * as trackLists from './music/track-lists.ts'
import * as tracks from './music/tracks.ts'
import * as approvals from './oauth/approvals.ts'
import { redeemCode } from './oauth/codes.ts'
import * as connectedApps from './oauth/connected-apps.ts'
import * as deviceLogins from './oauth/device-logins.ts'
import * as grants from './oauth/grants.ts'
import { rotateRefresh } from './oauth/refresh.ts'
import { isRepeated, repeatApproval } from './oauth/repeat-approval.ts'
import * as requests from './oauth/requests.ts'
import * as tokens from './oauth/tokens.ts'
import * as operatorApps from './operator/apps.ts'
import { endAccess } from './operator/end-access.ts'
import * as operatorUsers from './operator/users.ts'
import { outboxVerbs } from './outbox/verbs.ts'
import { ping } from './ping.ts'
import * as entries from './playlists/entries.ts'
import * as playlistLists from './playlists/playlist-lists.ts'
import * as playlists from './playlists/playlists.ts'
import { sealingKeys } from './sealing-keys.ts'
import * as signingKeys from './signing-keys.ts'
import { countOverdue, sweep } from './sweep.ts'
import type { Verb } from './transaction.ts'
import * as claims from './uploads/claims.ts'
import * as parts from './uploads/parts.ts'
import * as uploadFiles from './uploads/upload-files.ts'
import * as uploadJobs from './uploads/upload-jobs.ts'
import * as uploads from './uploads/uploads.ts'
import * as uploadsSweep from './uploads/uploads-sweep.ts'
import { listFlowEvents } from './usage/flow-log.ts'
import { recordUsage } from './usage/usage.ts'
import * as usageReads from './usage/usage-reads.ts'
import { exclusive, read, type VerbEntry, write } from './verb-entry.ts'

type OfMoreThanOneVerb =
  | 'as'
  | 'once'
  | 'close'
  | 'findAccessToken'
  | 'searchUsers'
  | 'searchTracks'
  | 'searchPlaylists'
  | 'readClock'

/** Every method that is one verb: any engine's store is built from this table. */
export type VerbTable = {
  readonly [Name in Exclude<keyof Store, OfMoreThanOneVerb>]: Store[Name] extends (
    ...values: infer Arguments
  ) => Promise<infer Result>
    ? VerbEntry<Arguments, Result>
    : never
}

/** Every verb of the contract, listed once; looking an access token up and searching are more, in `storeOf`. */
export const verbs: VerbTable = {
  createUser: exclusive(users.createUser),
  findEmailOwner: read(users.findEmailOwner),
  confirmEmail: exclusive(users.confirmEmail),
  findCredentials: read(users.findCredentials),
  findUserByHandle: read(users.findUserByHandle),
  listUsers: read(users.listUsers),
  verifyUser: write(users.verifyUser),
  disableUser: exclusive(operatorUsers.disableUser),

  createSession: exclusive(sessions.createSession),
  findSession: read(sessions.findSession),
  reauthenticateSession: write(sessions.reauthenticateSession),
  deleteSession: write(sessions.deleteSession),

  listSessions: read(sessions.listSessions),
  touchSession: write(sessions.touchSession),
  endSession: write(sessions.endSession),
  endOtherSessions: write(sessions.endOtherSessions),
  isKnownBrowser: read(isKnownBrowser),
  changePassword: exclusive(account.changePassword),
  listConnectedApps: read(connectedApps.listConnectedApps),
  endUnregisteredApp: write(connectedApps.endUnregisteredApp),
  deleteUser: write(account.deleteUser),

  passkeyHandle: write(passkeys.passkeyHandle),
  useChallenge: write(useChallenge),
  createPasskey: exclusive(passkeys.createPasskey),
  findPasskey: read(passkeys.findPasskey),
  usePasskey: write(passkeys.usePasskey),
  listPasskeys: read(passkeys.listPasskeys),
  deletePasskey: write(passkeys.deletePasskey),

  createManagementToken: exclusive(managementTokens.createManagementToken),
  findManagementToken: read(managementTokens.findManagementToken),
  touchManagementToken: write(managementTokens.touchManagementToken),
  listManagementTokens: read(managementTokens.listManagementTokens),
  revokeManagementToken: write(managementTokens.revokeManagementToken),

  createReset: exclusive(passwordResets.createReset),
  findReset: read(passwordResets.findReset),
  findEndedReset: read(passwordResets.findEndedReset),
  resetPassword: exclusive(account.resetPassword),
  createEmailChange: exclusive(emailChanges.createEmailChange),
  findEmailChange: read(emailChanges.findEmailChange),
  findPendingEmail: read(emailChanges.findPendingEmail),
  cancelEmailChange: write(emailChanges.endEmailChangesOf),
  confirmEmailChange: exclusive(emailChanges.confirmEmailChange),

  createApp: exclusive(apps.createApp),
  keepDocumentApp: write(keepDocumentApp),
  findApp: read(apps.findApp),
  isAppNameTaken: read(apps.isAppNameTaken),
  listApps: read(apps.listApps),
  refoldAppNames: write(appNames.refoldAppNames),
  listAppsOf: read(apps.listAppsOf),
  addRedirectUri: exclusive(redirectUris.addRedirectUri),
  removeRedirectUri: write(redirectUris.removeRedirectUri),
  findIdTokenUse: read(idTokenAlgorithm.findIdTokenUse),
  setIdTokenAlgorithm: write(idTokenAlgorithm.setIdTokenAlgorithm),
  updateApp: exclusive(appChanges.updateApp),
  deleteApp: write(apps.deleteApp),
  deleteAppOf: write(apps.deleteAppOf),

  findRequestApp: read(requests.findRequestApp),
  findAnswer: read(requests.findAnswer),
  isRecorded: read(approvals.isRecorded),
  approveRequest: write(approvals.approveRequest),
  cancelRequest: write(approvals.cancelRequest),
  isRepeated: read(isRepeated),
  repeatApproval: exclusive(repeatApproval),

  createDeviceLogin: exclusive(deviceLogins.createDeviceLogin),
  findDeviceLogin: read(deviceLogins.findDeviceLogin),
  answerDeviceLogin: write(deviceLogins.answerDeviceLogin),
  pollDeviceLogin: exclusive(deviceLogins.pollDeviceLogin),

  redeemCode: write(redeemCode),
  rotateRefresh: write(rotateRefresh),
  revokeToken: write(tokens.revokeToken),
  endLoginsOf: write(tokens.endLoginsOf),

  countAttempt: exclusive(attempts.countAttempt),
  uncountAttempt: exclusive(attempts.uncountAttempt),
  forgetAttempts: write(attempts.forgetAttempts),
  usePaces: exclusive(paces.usePaces),
  listPaces: read(paces.listPaces),
  limitSalt: read(paces.limitSalt),

  createUpload: exclusive(uploads.createUpload),
  findUpload: read(uploads.findUpload),
  finishUpload: write(uploads.finishUpload),
  holdUpload: write(parts.holdUpload),
  prolongUpload: write(parts.prolongUpload),
  freeUpload: write(parts.freeUpload),
  addPart: write(parts.addPart),
  listParts: read(parts.listParts),
  takeJob: write(uploadJobs.takeJob),
  deleteUpload: write(uploads.deleteUpload),
  claimJob: exclusive(uploadJobs.claimJob),
  countJobs: read(uploadJobs.countJobs),
  prolongJob: write(uploadJobs.prolongJob),
  addFile: write(uploadJobs.addFile),
  completeJob: write(uploadJobs.completeJob),
  failJob: write(uploadJobs.failJob),
  returnJob: write(uploadJobs.returnJob),
  returnJobsOf: write(uploadJobs.returnJobsOf),
  findContent: read(uploads.findContent),
  findClaimed: read(uploads.findClaimed),
  findAudio: read(claims.findAudio),
  findReferenced: read(uploadFiles.findReferenced),
  sweepUploads: write(uploadsSweep.sweepUploads),
  findProfile: read(profiles.findProfile),
  findProfileByHandle: read(profiles.findProfileByHandle),
  updateProfile: write(profiles.updateProfile),

  createTrack: write(tracks.createTrack),
  updateTrack: write(tracks.updateTrack),
  deleteTrack: write(tracks.deleteTrack),
  findTrack: read(trackLists.findTrack),
  findTracks: read(trackLists.findTracks),
  findTrackId: read(trackLists.findTrackId),
  listTracks: read(trackLists.listTracks),

  countPlay: write(plays.countPlay),

  saveTrack: write(favorites.saveTrack),
  unsaveTrack: write(favorites.unsaveTrack),
  countFavorites: read(favorites.countFavorites),
  listFavorites: read(favorites.listFavorites),

  createPlaylist: write(playlists.createPlaylist),
  updatePlaylist: write(playlists.updatePlaylist),
  deletePlaylist: write(playlists.deletePlaylist),
  addToPlaylist: exclusive(entries.addToPlaylist),
  removeFromPlaylist: exclusive(entries.removeFromPlaylist),
  findPlaylist: read(playlistLists.findPlaylist),
  findPlaylists: read(playlistLists.findPlaylists),
  listPlaylists: read(playlistLists.listPlaylists),
  listSavedPlaylists: read(playlistLists.listSavedPlaylists),

  mark: write(marks.mark),
  unmark: write(marks.unmark),
  listMarking: read(marks.listMarking),
  follow: write(follows.follow),
  unfollow: write(follows.unfollow),
  listFollowers: read(follows.listFollowers),
  listFollowing: read(follows.listFollowing),
  listMutuals: read(follows.listMutuals),
  listRelated: read(follows.listRelated),
  findRelations: read(follows.findRelations),
  listReposts: read(doings.listReposts),
  listFeed: read(doings.listFeed),
  noteListening: write(history.noteListening),
  listHistory: read(history.listHistory),
  listTrendingTracks: read(trending.listTrendingTracks),
  listTrendingPlaylists: read(trending.listTrendingPlaylists),

  beginImport: write(importStatus.beginImport),
  noteImport: write(importStatus.noteImport),
  findImport: read(importStatus.findImport),
  findImportedTracks: read(findImportedTracks),
  importMusic: exclusive(importMusic),

  createComment: write(comments.createComment),
  updateComment: write(comments.updateComment),
  deleteComment: exclusive(comments.deleteComment),
  reactToComment: write(comments.reactToComment),
  unreactToComment: write(comments.unreactToComment),
  findComment: read(commentLists.findComment),
  listComments: read(commentLists.listComments),
  listReplies: read(commentLists.listReplies),
  listCommentsBy: read(commentLists.listCommentsBy),

  findConsent: read(grants.findConsent),
  listAuthorizedApps: read(grants.listAuthorizedApps),
  withdrawGrant: write(grants.withdrawGrant),

  recordUsage: write(recordUsage),
  listFlowEvents: read(listFlowEvents),
  readUsage: read(usageReads.readUsage),
  countCalls: read(usageReads.countCalls),
  listMilestones: read(usageReads.listMilestones),

  findUsers: read(operatorUsers.findUsers),
  enableUser: write(operatorUsers.enableUser),
  setPassword: exclusive(operatorUsers.setPassword),
  removeUser: write(operatorUsers.removeUser),
  suspendApp: write(operatorApps.suspendApp),
  resumeApp: write(operatorApps.resumeApp),
  endAccess: write(endAccess),

  noteRefusal: write(audited),
  noteDownload: write(audited),
  listAudit: read(auditReads.listAudit),
  sweepAudit: write(auditReads.sweepAudit),
  findRefreshOwner: read(auditReads.findRefreshOwner),
  sealingKeys: exclusive(sealingKeys),
  listSigningKeys: read(signingKeys.listSigningKeys),
  addSigningKey: exclusive(signingKeys.addSigningKey),
  deleteSigningKeys: write(signingKeys.deleteSigningKeys),

  ...outboxVerbs,

  takeLease: write(takeLease),
  sweep: write(sweep),
  countOverdue: read(countOverdue),
  ping: write(ping),
}

// A verb that does nothing but be audited.
function* audited(): Verb<void> {}
