import type { Mail } from './mailer.ts'
import { type Account, paragraphs } from './templates.ts'

// Each tells the owner of an account what was done to it, and what to do if that was somebody else.

/** What is done where only the owner of the mailbox can have another password. */
const resetInstead = (publicUrl: string): string =>
  `If it was not you, choose a new password. That ends every sign-in, every app’s access and every passkey:\n${publicUrl}/reset-password`

/** That the password was set anew by a link in mail. */
export const passwordResetNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `Your ${brand} password was reset`,
  text: paragraphs(
    `The password of @${handle} was set anew by a link in your mail. Every browser is signed out, the access of every app has ended, and every passkey is removed.`,
    `Add your passkeys again in your account:\n${publicUrl}/account/security`,
    `If it was not you, somebody reads your mail: change the password of your mailbox first, then this one:\n${publicUrl}/reset-password`,
  ),
})

/** That the password was changed by who was signed in. */
export const passwordNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `Your ${brand} password was changed`,
  text: paragraphs(
    `The password of @${handle} was changed, and every other browser is signed out.`,
    resetInstead(publicUrl),
  ),
})

/** That a passkey was added. @param device the browser and system that it was made in, in our words */
export const passkeyNotice = ({ brand, handle, to }: Account, device: string, publicUrl: string): Mail => ({
  to,
  subject: `A passkey was added to your ${brand} account`,
  text: paragraphs(`A passkey of ${device} can sign in as @${handle} from now on.`, resetInstead(publicUrl)),
})

/** That a browser signed in which had not before. @param device the browser and system, in our words */
export const newBrowserNotice = (
  { brand, handle, to }: Account,
  device: string,
  publicUrl: string,
): Mail => ({
  to,
  subject: `A new browser signed in to your ${brand} account`,
  text: paragraphs(
    `Somebody, probably you, signed in as @${handle} in ${device}, where you had not signed in before.`,
    resetInstead(publicUrl),
  ),
})

/** That a management token was made. */
export const managementTokenNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `New management token for ${brand}`,
  text: paragraphs(
    `A management token was made for @${handle}. With it a program can register, change and delete your apps, and end the access of apps to your account.`,
    `If it was not you, revoke it:\n${publicUrl}/developers/tokens`,
    `And choose a new password. That ends every sign-in, every app’s access and every token:\n${publicUrl}/reset-password`,
  ),
})

/** Tells the address of before that another was asked for. */
export const changeAskedNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `A new email was asked for at ${brand}`,
  text: paragraphs(
    `Somebody who is signed in, probably you, asked for another email for @${handle}. Until it is confirmed, this one stays.`,
    `If it was not you, choose a new password: that stops the change.\n${publicUrl}/reset-password`,
  ),
})

/** Tells the address of before that it is no longer the account's. */
export const emailNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `Your ${brand} email was changed`,
  text: paragraphs(
    `The email of @${handle} was changed. This address no longer belongs to it.`,
    `If it was not you, tell whoever runs this server:\n${publicUrl}`,
  ),
})

/** Tells the owner of an account that a refresh token of an app was used twice, and that the app's access has ended. */
export const reuseNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `An app was signed out of your ${brand} account`,
  text: paragraphs(
    `A login of an app that @${handle} uses was presented a second time after it had been replaced. Either the app made a mistake, or somebody copied its login. So that nobody goes on with the copy, this login of the app has ended.`,
    `See which app it was, and what else happened lately:
${publicUrl}/account/security`,
    'You can log in to the app again. If it happens again, end its access on your account page and tell its developer.',
  ),
})
