import { describe, expect, test } from 'vitest'
import type { Store, User } from '../../../src/store/contract/store.ts'
import { doneFor } from '../../../src/store/sql/accounts/for-user.ts'
import { verbs } from '../../../src/store/sql/verbs.ts'
import { addApp, addUser, day, digest, hour, minute, newApp, newPlaylist, start } from '../world.ts'
import { newTrack } from './music.ts'
import { newUpload } from './uploads.ts'

type Write = (store: Store, user: User, apiKey: string) => Promise<unknown>

const lifetime = { createdAt: start, expiresAt: start + day }
const bounds = { since: start - hour, repeatSince: start - minute, atMost: 5 }
const webhook = { url: 'https://app.example/hook', sealedSecret: digest() }
const comment = { apiKey: null, parentId: null, body: 'Yes', trackSeconds: null, now: start }

/** A call of every verb that writes for a user. */
const writes: Readonly<Record<string, Write>> = {
  passkeyHandle: (store, { id }) => store.passkeyHandle(id, digest()),
  createPasskey: (store, { id: userId }) =>
    store.createPasskey(
      { id: 'x', userId, publicKey: digest(), counter: 0, device: 'Firefox', createdAt: start },
      9,
      { digest: digest(), expiresAt: start + minute },
    ),
  deletePasskey: (store, { id }) => store.deletePasskey(id, 'x'),
  createManagementToken: (store, { id: userId }) =>
    store.createManagementToken({ digest: digest(), userId, name: 'CI', ...lifetime }, 9),
  createEmailChange: (store, { id: userId }) =>
    store.createEmailChange({ digest: digest(), userId, ...lifetime, email: 'other@example.com' }, bounds),
  updateProfile: (store, { id }) => store.updateProfile(id, { name: 'Other' }, start),
  createApp: (store, { id: ownerId }) => store.createApp(newApp({ ownerId }), 9),
  updateApp: (store, { id }, apiKey) => store.updateApp(apiKey, id, { description: 'New' }, start),
  deleteAppOf: (store, { id }, apiKey) => store.deleteAppOf(id, apiKey, start),
  setIdTokenAlgorithm: (store, { id }, apiKey) => store.setIdTokenAlgorithm(apiKey, id, 'ES256'),
  setWebhook: (store, { id }, apiKey) => store.setWebhook(apiKey, id, webhook, start),
  moveWebhook: (store, { id }, apiKey) => store.moveWebhook(apiKey, id, webhook.url),
  deleteWebhook: (store, { id }, apiKey) => store.deleteWebhook(apiKey, id),
  setLogoutUri: (store, { id }, apiKey) => store.setLogoutUri(apiKey, id, webhook.url),
  queueTest: (store, { id }, apiKey) => store.queueTest(apiKey, id, start),
  replayDelivery: (store, { id }, apiKey) => store.replayDelivery(apiKey, id, 1, start),
  createUpload: (store, { id: userId }) =>
    store.createUpload(newUpload({ userId, address: null }), { uploads: 3, bytes: 1000 }),
  createTrack: (store, user) => store.createTrack(newTrack(user)),
  updateTrack: (store, { id }) => store.updateTrack(1, id, { title: 'Other' }, start),
  deleteTrack: (store, { id }) => store.deleteTrack(1, id, start),
  saveTrack: (store, { id }) => store.saveTrack(id, 1, null, start),
  unsaveTrack: (store, { id }) => store.unsaveTrack(id, 1),
  noteListening: (store, { id }) => store.noteListening(id, 1, start),
  createPlaylist: (store, { id: userId }) => store.createPlaylist(newPlaylist(userId)),
  updatePlaylist: (store, { id }) => store.updatePlaylist(1, id, { name: 'Other' }, start),
  deletePlaylist: (store, { id }) => store.deletePlaylist(1, id, start),
  addToPlaylist: (store, { id }) => store.addToPlaylist(1, id, 1, start),
  removeFromPlaylist: (store, { id }) => store.removeFromPlaylist(1, id, 0, start),
  createComment: (store, { id: userId }) => store.createComment({ ...comment, trackId: 1, userId }),
  updateComment: (store, { id }) => store.updateComment(1, id, 'No', start),
  deleteComment: (store, { id }) => store.deleteComment(1, id, start),
  reactToComment: (store, { id }) => store.reactToComment(1, id, start),
  unreactToComment: (store, { id }) => store.unreactToComment(1, id),
  mark: (store, { id }) => store.mark('track-repost', id, 1, null, start),
  unmark: (store, { id }) => store.unmark('track-repost', id, 1),
  follow: (store, { id }) => store.follow(id, 1, null, start),
  unfollow: (store, { id }) => store.unfollow(id, 1),
  beginImport: (store, { id }) => store.beginImport(id, 1, start, start - minute),
}

/** Every other verb that writes, by why it asks for no user who is there. */
const others: Readonly<Record<string, readonly (keyof Store)[]>> = {
  'it is the operator’s': [
    ...(['confirmEmail', 'verifyUser', 'disableUser', 'enableUser', 'setPassword', 'removeUser'] as const),
    ...([
      'suspendApp',
      'resumeApp',
      'deleteApp',
      'addRedirectUri',
      'removeRedirectUri',
      'endAccess',
    ] as const),
  ],
  'it looks at the session, the user, or what proves them by itself': [
    ...(['createSession', 'changePassword', 'resetPassword', 'deleteUser', 'confirmEmailChange'] as const),
    ...(['approveRequest', 'cancelRequest', 'repeatApproval', 'answerDeviceLogin'] as const),
    ...(['redeemCode', 'rotateRefresh', 'importMusic', 'reauthenticateSession', 'usePasskey'] as const),
  ],
  'it ends something': [
    ...(['deleteSession', 'endSession', 'endOtherSessions', 'endUnregisteredApp', 'withdrawGrant'] as const),
    ...(['revokeManagementToken', 'cancelEmailChange', 'revokeToken', 'endLoginsOf'] as const),
  ],
  'it is bounded for whoever asks, disabled or not': ['createReset'],
  'it is of nobody, or of whoever may be': [
    ...(['createUser', 'useChallenge', 'keepDocumentApp', 'createDeviceLogin', 'pollDeviceLogin'] as const),
    ...([
      'countAttempt',
      'uncountAttempt',
      'forgetAttempts',
      'usePaces',
      'countPlay',
      'noteRefusal',
    ] as const),
  ],
  'it notes that something of theirs was used': ['touchSession', 'touchManagementToken', 'noteDownload'],
  'it is a step of an upload, which nobody sees before it is claimed': [
    ...(['finishUpload', 'holdUpload', 'prolongUpload', 'freeUpload', 'addPart', 'deleteUpload'] as const),
    ...([
      'takeJob',
      'claimJob',
      'prolongJob',
      'addFile',
      'completeJob',
      'failJob',
      'returnJob',
      'returnJobsOf',
    ] as const),
    'noteImport',
  ],
  'it is the server’s own': [
    ...([
      'refoldAppNames',
      'sweepUploads',
      'recordUsage',
      'sweepAudit',
      'sealingKeys',
      'sweep',
      'ping',
    ] as const),
    ...(['addSigningKey', 'deleteSigningKeys', 'claimDelivery', 'settleDelivery', 'takeLease'] as const),
    ...(['queueMails', 'claimMail', 'settleMail'] as const),
  ],
}

/** What a store must do for a user who is disabled or gone by the time that something is written for them. */
export function inactiveUsersContract(store: () => Store): void {
  test('every verb that writes is done for a user, or says why not', () => {
    const writing = Object.entries(verbs).flatMap(([name, { isolation }]) =>
      isolation === 'read' ? [] : [name],
    )
    expect(Object.keys(writes).toSorted()).toEqual(Object.keys(doneFor).toSorted())
    expect([...Object.keys(writes), ...Object.values(others).flat()].toSorted()).toEqual(writing.toSorted())
  })

  describe.each<[string, (user: User) => Promise<unknown>]>([
    ['disabled', ({ handle }) => store().disableUser(handle, start)],
    ['deleted', ({ handle }) => store().removeUser(handle, 'dead', start)],
  ])('for a user who was %s', (_, end) => {
    test('no verb writes anything', async () => {
      const user = await addUser(store())
      const apiKey = await addApp(store(), { ownerId: user.id })
      await end(user)
      for (const [name, write] of Object.entries(writes))
        await expect(write(store(), user, apiKey), name).rejects.toThrow(
          expect.objectContaining({ name: 'UserInactive' }),
        )
      const actor = { by: 'browser', network: null, requestId: null, at: start } as const
      await expect(writes['createApp']?.(store().as(actor), user, apiKey)).rejects.toThrow()
      const key = { userId: user.id, digest: digest(), fingerprint: digest(), now: start }
      await expect(writes['createPlaylist']?.(store().once(key), user, apiKey)).rejects.toThrow()
    })
  })
}
