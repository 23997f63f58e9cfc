import type { Mail } from '../mail/mailer.ts'
import type { MailQueue } from '../mail/queue.ts'
import type { Account } from '../mail/templates.ts'
import {
  emailNotice,
  managementTokenNotice,
  newBrowserNotice,
  passkeyNotice,
  passwordNotice,
  passwordResetNotice,
  reuseNotice,
} from '../mail/templates-notices.ts'
import type { User } from '../store/contract/store.ts'

export interface NotifyDeps {
  /** The way of mail; `null` where none is sent. */
  readonly mailQueue: MailQueue | null
  readonly brand: string
  readonly issuer: string
}

/** Tells the owner of an account that its password was changed. @param user as they were before */
export const notifyOfNewPassword = (user: User, deps: NotifyDeps): void => notify(user, deps, passwordNotice)

/** Tells the owner of an account that its password was set anew by a link. @param user as they were before */
export const notifyOfReset = (user: User, deps: NotifyDeps): void => notify(user, deps, passwordResetNotice)

/** Tells the address of before that it is no longer the account's. @param user as they were before */
export const notifyOfNewEmail = (user: User, deps: NotifyDeps): void => notify(user, deps, emailNotice)

/** Tells the owner of an account of a new management token. */
export const notifyOfManagementToken = (user: User, deps: NotifyDeps): void =>
  notify(user, deps, managementTokenNotice)

/** Tells the owner of an account that a refresh token of an app was used twice. */
export const notifyOfReuse = (user: User, deps: NotifyDeps): void => notify(user, deps, reuseNotice)

/** Tells the owner of an account of a new passkey. @param device where it was made, in our words */
export const notifyOfNewPasskey = (user: User, device: string, deps: NotifyDeps): void =>
  notify(user, deps, (account, issuer) => passkeyNotice(account, device, issuer))

/** Tells the owner of an account of a sign-in in a new browser. @param device the browser, in our words */
export const notifyOfNewBrowser = (user: User, device: string, deps: NotifyDeps): void =>
  notify(user, deps, (account, issuer) => newBrowserNotice(account, device, issuer))

// An address that nobody has confirmed may be a stranger's, whom an account that is not theirs is no matter of.
function notify(
  { handle, email, emailStatus }: User,
  { mailQueue, brand, issuer }: NotifyDeps,
  template: (account: Account, publicUrl: string) => Mail,
): void {
  if (emailStatus === 'confirmed')
    mailQueue?.enqueue(async () => [template({ brand, handle, to: email }, issuer)])
}
