import { createGroupCommit } from './group-commit.ts'
import { type Migration, openDatabase } from './sqlite-database.ts'
import { toStoreError } from './sqlite-failure.ts'
import { createRunner } from './sqlite-runner.ts'
import type { Store } from './store.ts'
import { StoreUnavailable } from './unavailable.ts'
import type { Verb } from './verb.ts'
import * as account from './verbs/account.ts'
import * as appChanges from './verbs/app-changes.ts'
import * as appNames from './verbs/app-names.ts'
import * as approvals from './verbs/approvals.ts'
import * as apps from './verbs/apps.ts'
import { redeemCode } from './verbs/codes.ts'
import * as connectedApps from './verbs/connected-apps.ts'
import * as emailChanges from './verbs/email-changes.ts'
import * as favorites from './verbs/favorites.ts'
import { listFlowEvents } from './verbs/flow-log.ts'
import * as grants from './verbs/grants.ts'
import { isKnownBrowser } from './verbs/known-browsers.ts'
import * as challenges from './verbs/passkey-challenges.ts'
import * as passkeys from './verbs/passkeys.ts'
import * as passwordResets from './verbs/password-resets.ts'
import { ping } from './verbs/ping.ts'
import * as profiles from './verbs/profiles.ts'
import * as redirectUris from './verbs/redirect-uris.ts'
import { rotateRefresh } from './verbs/refresh.ts'
import * as requests from './verbs/requests.ts'
import * as sessions from './verbs/sessions.ts'
import { sweep } from './verbs/sweep.ts'
import * as tokens from './verbs/tokens.ts'
import * as trackLists from './verbs/track-lists.ts'
import * as tracks from './verbs/tracks.ts'
import * as uploadFiles from './verbs/upload-files.ts'
import * as uploadJobs from './verbs/upload-jobs.ts'
import * as uploads from './verbs/uploads.ts'
import * as uploadsSweep from './verbs/uploads-sweep.ts'
import { recordUsage } from './verbs/usage.ts'
import * as usageReads from './verbs/usage-reads.ts'
import * as users from './verbs/users.ts'

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
