import { afterEach, beforeEach, describe } from 'vitest'
import type { Store } from '../../src/store/contract/store.ts'
import { accountContract } from './contract/account.ts'
import { appsContract } from './contract/apps.ts'
import { auditContract } from './contract/audit.ts'
import { codesContract } from './contract/codes.ts'
import { countsContract } from './contract/counts.ts'
import { developersContract } from './contract/developers.ts'
import { endedSessionsContract } from './contract/ended-sessions.ts'
import { goneContract } from './contract/gone.ts'
import { importsContract } from './contract/imports.ts'
import { inactiveUsersContract } from './contract/inactive-users.ts'
import { mailLinksContract } from './contract/mail-links.ts'
import { mailsContract } from './contract/mails.ts'
import { managementTokensContract } from './contract/management-tokens.ts'
import { musicContract } from './contract/music.ts'
import { passkeysContract } from './contract/passkeys.ts'
import { racesContract } from './contract/races.ts'
import { refreshContract } from './contract/refresh.ts'
import { refreshModelContract } from './contract/refresh-model.ts'
import { refreshRecoveryContract } from './contract/refresh-recovery.ts'
import { releasedContract } from './contract/released.ts'
import { repeatApprovalContract } from './contract/repeat-approval.ts'
import { requestsContract } from './contract/requests.ts'
import { sessionsContract } from './contract/sessions.ts'
import { signingKeysContract } from './contract/signing-keys.ts'
import { sweepContract } from './contract/sweep.ts'
import { tokensContract } from './contract/tokens.ts'
import { uploadsContract } from './contract/uploads.ts'
import { usageContract } from './contract/usage.ts'
import { usersContract } from './contract/users.ts'

/** Everything a store must do; `open` answers an empty one. */
export function storeContract(name: string, open: () => Promise<Store> | Store): void {
  describe(name, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    const current = () => store
    describe('users', () => usersContract(current))
    describe('sessions', () => sessionsContract(current))
    describe('accounts', () => accountContract(current))
    describe('the audit log', () => auditContract(current))
    describe('passkeys', () => passkeysContract(current))
    describe('management tokens', () => managementTokensContract(current))
    describe('links in mail', () => mailLinksContract(current))
    describe('mail that waits', () => mailsContract(current))
    describe('apps', () => appsContract(current))
    describe('apps and who develops them', () => developersContract(current))
    describe('requests', () => requestsContract(current))
    describe('sessions that end meanwhile', () => endedSessionsContract(current))
    describe('imports', () => importsContract(current))
    describe('users who are gone', () => inactiveUsersContract(current))
    describe('keys that sign', () => signingKeysContract(current))
    describe('what was allowed, asked for again,', () => repeatApprovalContract(current))
    describe('codes', () => codesContract(current))
    describe('refresh tokens', () => refreshContract(current))
    describe('refresh tokens whose answer was lost', () => refreshRecoveryContract(current))
    describe('refresh tokens against a model', () => refreshModelContract(current))
    describe('access tokens and revocation', () => tokensContract(current))
    describe('uploads', () => uploadsContract(current))
    describe('profiles, tracks and libraries', () => musicContract(current))
    describe('released uploads', () => releasedContract(current))
    describe('what has gone', () => goneContract(current))
    describe('counts and lists', () => countsContract(current))
    describe('usage', () => usageContract(current))
    describe('races', () => racesContract(current))
    describe('sweep', () => sweepContract(current))
  })
}
