import type { Mail } from './mailer.ts'

// Subjects hold our own words and the brand alone, texts no name that a person chose but the handle.

/** What every letter is about. */
interface Account {
  readonly brand: string
  readonly handle: string
  /** The address it goes to. */
  readonly to: string
}

/** The link to a new password. */
export const resetLetter = ({ brand, handle, to }: Account, link: string): Mail => ({
  to,
  subject: `Reset your ${brand} password`,
  text: letter(
    `Somebody, probably you, asked for a new password for @${handle}.`,
    `Choose it here. The link works once, for 30 minutes:\n${link}`,
    'If it was not you, do nothing: your password stays as it is.',
  ),
})

/** That the password has changed. */
export const passwordNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `Your ${brand} password was changed`,
  text: letter(
    `The password of @${handle} was changed, and every other browser is signed out.`,
    `If it was not you, choose a new one now:\n${publicUrl}/reset-password`,
  ),
})

/** The link that proves a new address. */
export const confirmationLetter = ({ brand, handle, to }: Account, link: string): Mail => ({
  to,
  subject: `Confirm your email for ${brand}`,
  text: letter(
    `@${handle} asked to use this address.`,
    `Confirm it here. The link works once, for 24 hours:\n${link}`,
    'If it was not you, do nothing: nothing changes.',
  ),
})

/** Tells the owner of an address that it is one of an account already. */
export const addressInUseLetter = ({ brand, to }: Omit<Account, 'handle'>, publicUrl: string): Mail => ({
  to,
  subject: `Your email is in use at ${brand}`,
  text: letter(
    'Somebody asked to use this address for an account, but it belongs to another account here: yours. Nothing was changed.',
    `If it was you, sign in to that account with this address, or choose a new password for it:\n${publicUrl}/reset-password`,
    'If it was not you, you need do nothing.',
  ),
})

/** Tells the address of before that another was asked for. */
export const changeAskedNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `A new email was asked for at ${brand}`,
  text: letter(
    `Somebody who knows your password, probably you, asked for another email for @${handle}. Until it is confirmed, this one stays.`,
    `If it was not you, choose a new password: that stops the change.\n${publicUrl}/reset-password`,
  ),
})

/** That a management token was made. */
export const managementTokenNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `New management token for ${brand}`,
  text: letter(
    `A management token was made for @${handle}. With it a program can register, change and delete your apps, and end the access of apps to your account.`,
    `If it was not you, revoke it and choose a new password now:\n${publicUrl}/developers/tokens`,
  ),
})

/** Tells the address of before that it is no longer the account's. */
export const emailNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `Your ${brand} email was changed`,
  text: letter(
    `The email of @${handle} was changed. This address no longer belongs to it.`,
    `If it was not you, tell whoever runs this server:\n${publicUrl}`,
  ),
})

/** Tells the owner of an account that a refresh token of an app was used twice, and that the app's access has ended. */
export const reuseNotice = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `An app was signed out of your ${brand} account`,
  text: letter(
    `A login of an app that @${handle} uses was presented a second time after it had been replaced. Either the app made a mistake, or somebody copied its login. So that nobody goes on with the copy, this login of the app has ended.`,
    `See which app it was, and what else happened lately:
${publicUrl}/account/security`,
    'You can log in to the app again. If it happens again, end its access on your account page and tell its developer.',
  ),
})

const letter = (...paragraphs: readonly string[]): string => `${paragraphs.join('\n\n')}\n`
