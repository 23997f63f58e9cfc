import { StoreUnavailable } from '../contract/errors.ts'
import type { Store } from '../contract/store.ts'
import * as account from '../sql/accounts/account.ts'
import * as emailChanges from '../sql/accounts/email-changes.ts'
import { isKnownBrowser } from '../sql/accounts/known-browsers.ts'
import * as challenges from '../sql/accounts/passkey-challenges.ts'
import * as passkeys from '../sql/accounts/passkeys.ts'
import * as passwordResets from '../sql/accounts/password-resets.ts'
import * as sessions from '../sql/accounts/sessions.ts'
import * as users from '../sql/accounts/users.ts'
import * as appChanges from '../sql/apps/app-changes.ts'
import * as appNames from '../sql/apps/app-names.ts'
import * as apps from '../sql/apps/apps.ts'
import * as redirectUris from '../sql/apps/redirect-uris.ts'
import * as favorites from '../sql/music/favorites.ts'
import * as profiles from '../sql/music/profiles.ts'
import * as trackLists from '../sql/music/track-lists.ts'
import * as tracks from '../sql/music/tracks.ts'
import * as approvals from '../sql/oauth/approvals.ts'
import { redeemCode } from '../sql/oauth/codes.ts'
import * as connectedApps from '../sql/oauth/connected-apps.ts'
import * as grants from '../sql/oauth/grants.ts'
import { rotateRefresh } from '../sql/oauth/refresh.ts'
import * as requests from '../sql/oauth/requests.ts'
import * as tokens from '../sql/oauth/tokens.ts'
import { ping } from '../sql/ping.ts'
import { sweep } from '../sql/sweep.ts'
import type { Verb } from '../sql/transaction.ts'
import * as uploadFiles from '../sql/uploads/upload-files.ts'
import * as uploadJobs from '../sql/uploads/upload-jobs.ts'
import * as uploads from '../sql/uploads/uploads.ts'
import * as uploadsSweep from '../sql/uploads/uploads-sweep.ts'
import { listFlowEvents } from '../sql/usage/flow-log.ts'
import { recordUsage } from '../sql/usage/usage.ts'
import * as usageReads from '../sql/usage/usage-reads.ts'
import { type Migration, openDatabase } from './database.ts'
import { toStoreError } from './failure.ts'
import { createGroupCommit } from './group-commit.ts'
import { createRunner } from './runner.ts'

/** Where the database is and how long a write waits for it. */
export interface SqliteOptions {
  /** A path, or ':memory:' for a store that ends with the process. */
  readonly file: string
  /** Milliseconds for which a write waits for another process's lock; 5,000 unless given. */
  readonly patience?: number
}

/** Migrates a database file and closes it again; throws as `openSqliteStore` does. */
export function migrateSqlite(file: string): Migration {
  const { database, migration } = openDatabase(file)
  database.close()
  return migration
}

/**
 * Opens the store on a SQLite file, migrated to the newest schema. Throws `SchemaTooNew` for a database of a newer
 * version and `StoreUnavailable` when it cannot be opened; the verbs reject with `StoreUnavailable` when the database is
 * locked for too long, full, read-only, failing or closed.
 */
export function openSqliteStore({ file, patience = 5_000 }: SqliteOptions): Store {
  const { database } = openDatabase(file)
  const run = createRunner(database)
  const group = createGroupCommit(database, run, patience)
  let closing: Promise<void> | undefined

  async function write<R>(verb: Verb<R>): Promise<R> {
    if (closing) throw new StoreUnavailable('The store is closed')
    return group.write(verb)
  }

  async function read<R>(verb: Verb<R>): Promise<R> {
    if (closing) throw new StoreUnavailable('The store is closed')
    try {
      return run(verb)
    } catch (error) {
      throw toStoreError(error)
    }
  }

  async function close(): Promise<void> {
    await group.drained()
    try {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch (error) {
      throw toStoreError(error)
    } finally {
      database.close()
    }
  }

  return {
    createUser: (user) => write(users.createUser(user)),
    findCredentials: (login) => read(users.findCredentials(login)),
    findEmailOwner: (email) => read(users.findEmailOwner(email)),
    confirmEmail: (handle, now) => write(users.confirmEmail(handle, now)),
    findUserByHandle: (handle) => read(users.findUserByHandle(handle)),
    listUsers: () => read(users.listUsers()),
    verifyUser: (handle, now) => write(users.verifyUser(handle, now)),
    disableUser: (handle, now) => write(users.disableUser(handle, now)),

    createSession: (session) => write(sessions.createSession(session)),
    findSession: (digest, now) => read(sessions.findSession(digest, now)),
    deleteSession: (digest) => write(sessions.deleteSession(digest)),

    listSessions: (userId, now) => read(sessions.listSessions(userId, now)),
    touchSession: (digest, place, now) => write(sessions.touchSession(digest, place, now)),
    endSession: (userId, digest) => write(sessions.endSession(userId, digest)),
    endOtherSessions: (userId, keep, browser) => write(sessions.endOtherSessions(userId, keep, browser)),
    isKnownBrowser: (login, browser) => read(isKnownBrowser(login, browser)),
    changePassword: (change) => write(account.changePassword(change)),
    listConnectedApps: (userId, now) => read(connectedApps.listConnectedApps(userId, now)),
    endUnregisteredApp: (userId, name, redirectUri, now) =>
      write(connectedApps.endUnregisteredApp(userId, name, redirectUri, now)),
    deleteUser: (deletion) => write(account.deleteUser(deletion)),

    passkeyHandle: (userId, fresh) => write(passkeys.passkeyHandle(userId, fresh)),
    createChallenge: (challenge) => write(challenges.createChallenge(challenge)),
    takeChallenge: (challenge, now) => write(challenges.takeChallenge(challenge, now)),
    createPasskey: (passkey, limit) => write(passkeys.createPasskey(passkey, limit)),
    findPasskey: (id) => read(passkeys.findPasskey(id)),
    usePasskey: (id, counter, now) => write(passkeys.usePasskey(id, counter, now)),
    listPasskeys: (userId) => read(passkeys.listPasskeys(userId)),
    deletePasskey: (userId, id) => write(passkeys.deletePasskey(userId, id)),

    createReset: (link, bounds) => write(passwordResets.createReset(link, bounds)),
    findReset: (digest, now) => read(passwordResets.findReset(digest, now)),
    resetPassword: (reset) => write(account.resetPassword(reset)),
    createEmailChange: (link, bounds) => write(emailChanges.createEmailChange(link, bounds)),
    findEmailChange: (digest, now) => read(emailChanges.findEmailChange(digest, now)),
    findPendingEmail: (userId, now) => read(emailChanges.findPendingEmail(userId, now)),
    cancelEmailChange: (userId, now) => write(emailChanges.endEmailChangesOf(userId, now)),
    confirmEmailChange: (digest, now) => write(emailChanges.confirmEmailChange(digest, now)),

    createApp: (app, limit) => write(apps.createApp(app, limit)),
    findApp: (apiKey) => read(apps.findApp(apiKey)),
    isAppNameTaken: (nameKey) => read(apps.isAppNameTaken(nameKey)),
    listApps: () => read(apps.listApps()),
    refoldAppNames: (fold) => write(appNames.refoldAppNames(fold)),
    listAppsOf: (ownerId) => read(apps.listAppsOf(ownerId)),
    addRedirectUri: (apiKey, uri, limit, now) => write(redirectUris.addRedirectUri(apiKey, uri, limit, now)),
    removeRedirectUri: (apiKey, uri) => write(redirectUris.removeRedirectUri(apiKey, uri)),
    updateApp: (apiKey, ownerId, changes, now) => write(appChanges.updateApp(apiKey, ownerId, changes, now)),
    deleteApp: (apiKey, now) => write(apps.deleteApp(apiKey, now)),
    deleteAppOf: (ownerId, apiKey, now) => write(apps.deleteAppOf(ownerId, apiKey, now)),

    createRequest: (key, request) => write(requests.createRequest(key, request)),
    findRequest: (key, now) => read(requests.findRequest(key, now)),
    approveRequest: (key, code, consent) => write(approvals.approveRequest(key, code, consent)),
    cancelRequest: (key, now) => write(approvals.cancelRequest(key, now)),

    redeemCode: (redemption) => write(redeemCode(redemption)),
    rotateRefresh: (rotation) => write(rotateRefresh(rotation)),
    revokeToken: (token, apiKey, now) => write(tokens.revokeToken(token, apiKey, now)),
    findAccessToken: (digest, now) => read(tokens.findAccessToken(digest, now)),

    createUpload: (upload, limits) => write(uploads.createUpload(upload, limits)),
    findUpload: (id) => read(uploads.findUpload(id)),
    finishUpload: (id) => write(uploads.finishUpload(id)),
    takeJob: (id, leaseUntil) => write(uploadJobs.takeJob(id, leaseUntil)),
    deleteUpload: (id) => write(uploads.deleteUpload(id)),
    claimJob: (now, leaseUntil, attempts, error) =>
      write(uploadJobs.claimJob(now, leaseUntil, attempts, error)),
    prolongJob: (job, progress, leaseUntil) => write(uploadJobs.prolongJob(job, progress, leaseUntil)),
    holdFile: (job, file) => write(uploadJobs.holdFile(job, file)),
    completeJob: (job, facts) => write(uploadJobs.completeJob(job, facts)),
    failJob: (job, error) => write(uploadJobs.failJob(job, error)),
    returnJob: (job) => write(uploadJobs.returnJob(job)),
    findContent: (cid) => read(uploads.findContent(cid)),
    findClaimed: (cid) => read(uploads.findClaimed(cid)),
    findHeld: (cids) => read(uploadFiles.findHeld(cids)),
    sweepUploads: (now, limit) => write(uploadsSweep.sweepUploads(now, limit)),
    findProfile: (userId) => read(profiles.findProfile(userId)),
    findProfileByHandle: (handle) => read(profiles.findProfileByHandle(handle)),
    searchUsers: (search) => read(profiles.searchUsers(search)),
    updateProfile: (userId, changes, now) => write(profiles.updateProfile(userId, changes, now)),

    createTrack: (track) => write(tracks.createTrack(track)),
    updateTrack: (trackId, userId, changes, now) => write(tracks.updateTrack(trackId, userId, changes, now)),
    deleteTrack: (trackId, userId, now) => write(tracks.deleteTrack(trackId, userId, now)),
    findTrack: (trackId, viewer) => read(trackLists.findTrack(trackId, viewer)),
    findTracks: (trackIds, viewer) => read(trackLists.findTracks(trackIds, viewer)),
    listTracks: (list) => read(trackLists.listTracks(list)),
    searchTracks: (search) => read(trackLists.searchTracks(search)),

    saveTrack: (userId, trackId, apiKey, now) => write(favorites.saveTrack(userId, trackId, apiKey, now)),
    unsaveTrack: (userId, trackId) => write(favorites.unsaveTrack(userId, trackId)),
    listFavorites: (list) => read(favorites.listFavorites(list)),

    listAuthorizedApps: (userId, now) => read(grants.listAuthorizedApps(userId, now)),
    withdrawGrant: (userId, apiKey, now) => write(grants.withdrawGrant(userId, apiKey, now)),

    recordUsage: (usage, keptEvents) => write(recordUsage(usage, keptEvents)),
    listFlowEvents: (page) => read(listFlowEvents(page)),
    readUsage: (report) => read(usageReads.readUsage(report)),
    countCalls: (apiKey, since) => read(usageReads.countCalls(apiKey, since)),
    listMilestones: (apiKey, ownerId) => read(usageReads.listMilestones(apiKey, ownerId)),

    sweep: (now, limit) => write(sweep(now, limit)),
    ping: () => write(ping()),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
