import type { AuditEntry } from '../../store/contract/audit.ts'
import { Day } from './account/day.tsx'
import { visible } from './escape-invisible.ts'
import { Name } from './name.tsx'

const words: Readonly<Record<AuditEntry['event'], string>> = {
  account_created: 'Account created',
  signed_in: 'Signed in',
  sign_in_failed: 'A wrong password was given',
  session_ended: 'A browser was signed out',
  other_sessions_ended: 'Every other browser was signed out',
  password_changed: 'Password changed',
  password_reset: 'Password reset by a link in mail',
  reset_link_sent: 'A link to a new password was asked for',
  email_change_requested: 'Another email was asked for',
  email_changed: 'Email changed',
  passkey_added: 'Passkey added',
  passkey_removed: 'Passkey removed',
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
  account_verified: 'Account verified',
  account_disabled: 'Account disabled',
  account_enabled: 'Account enabled',
  account_deleted: 'Account deleted',
  everything_revoked: 'Everything was signed out',
}

/** What the audit log has, as a list; the newest first. */
export function Activity({ entries, now }: { entries: readonly AuditEntry[]; now: number }) {
  return (
    <ul class="entries">
      {entries.map((entry) => (
        <li key={entry.id}>
          <Entry entry={entry} now={now} />
        </li>
      ))}
    </ul>
  )
}

function Entry({ entry, now }: { entry: AuditEntry; now: number }) {
  const { event, appName, detail, network, by, count, lastAt } = entry
  const place = [detail && visible(detail), network && `from ${network}`].filter(Boolean).join(', ')
  return (
    <>
      <p>
        <strong>{words[event]}</strong>
        {appName !== null && (
          <>
            {': '}
            <Name text={appName} />
          </>
        )}
        {count > 1 && `, ${count} times`}
      </p>
      <p class="quiet">
        <Day at={lastAt} now={now} />
        {place !== '' && `, ${place}`}
        {by === 'operator' && ', by whoever runs this server'}
      </p>
    </>
  )
}
