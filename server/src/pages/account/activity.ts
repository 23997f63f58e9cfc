import type { AuditEntry } from '../../store/contract/audit.ts'
import type { PageDeps } from '../page-deps.ts'
import type { ActivityWords } from '../views/activity.tsx'

/** Entries on a page; the export and the operator have more of them. */
const most = 20

const newest = { event: null, since: 0, after: null, limit: most }

/** What was done lately to an account, the newest first. */
export async function recentActivity(userId: number, { store }: PageDeps): Promise<readonly ActivityWords[]> {
  return (await store.listAudit({ ...newest, userId, apiKey: null, appsOnly: false })).map(inWords)
}

/** What became of an app lately, the newest first; nothing of the people who use it. */
export async function recentChanges(apiKey: string, { store }: PageDeps): Promise<readonly ActivityWords[]> {
  const entries = await store.listAudit({ ...newest, userId: null, apiKey, appsOnly: true })
  // The page says which app it is about.
  return entries.map((entry) => ({ ...inWords(entry), appName: null }))
}

const inWords = ({ id, event, appName, detail, network, by, count, lastAt }: AuditEntry): ActivityWords => ({
  ...{ id, what: words[event], appName, detail: inPlainWords(event, detail), network, count },
  ...{ isByOperator: by === 'operator', at: lastAt },
})

// Redirect URIs are noted as a difference, and hold no spaces.
const inPlainWords = (event: AuditEntry['event'], detail: string | null): string | null =>
  event === 'redirect_uris_changed' && detail !== null
    ? detail.replace(
        /(^| )([+-]) /g,
        (_, space, sign) => `${space && ', '}${sign === '+' ? 'added' : 'removed'} `,
      )
    : detail

const words: Readonly<Record<AuditEntry['event'], string>> = {
  account_created: 'Account created',
  signed_in: 'Signed in',
  sign_in_failed: 'A wrong password was given',
  session_ended: 'A browser was signed out',
  other_sessions_ended: 'Every other browser was signed out',
  password_changed: 'Password changed',
  password_reset: 'Password reset by a link in mail',
  reset_link_sent: 'A link to a new password was asked for',
  email_change_requested: 'A link to confirm an email was asked for',
  email_changed: 'Email changed',
  email_confirmed: 'Email confirmed',
  passkey_added: 'Passkey added',
  passkey_removed: 'Passkey removed',
  management_token_made: 'Management token made',
  management_token_revoked: 'Management token ended',
  access_allowed: 'Access allowed',
  access_ended: 'Access ended',
  token_revoked: 'The app logged out',
  refresh_reused: 'A login of the app was used twice, and has ended',
  code_replayed: 'A code of the app was used twice, and its login has ended',
  app_created: 'App created',
  app_changed: 'App changed',
  redirect_uris_changed: 'Redirect URIs changed',
  app_suspended: 'App suspended',
  app_resumed: 'App resumed',
  app_deleted: 'App deleted',
  data_downloaded: 'Data downloaded',
  account_verified: 'Account verified',
  account_disabled: 'Account disabled',
  account_enabled: 'Account enabled',
  account_deleted: 'Account deleted',
  everything_revoked: 'Everything was signed out',
}
