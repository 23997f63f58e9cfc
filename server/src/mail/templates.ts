import { inWords, lifetimes } from '../limits.ts'
import type { Mail } from './mailer.ts'

// Subjects hold our own words and the brand alone, texts no name that a person chose but the handle.

/** What every mail about an account is made of. */
export interface Account {
  readonly brand: string
  readonly handle: string
  /** The address it goes to. */
  readonly to: string
}

const emailHours = inWords(lifetimes.emailLink)

/** The link to a new password. */
export const resetMail = ({ brand, handle, to }: Account, link: string): Mail => ({
  to,
  subject: `Reset your ${brand} password`,
  text: paragraphs(
    `Somebody, probably you, asked for a new password for @${handle}.`,
    `Choose it here. The link works once, for ${inWords(lifetimes.resetLink)}:\n${link}`,
    'A new password signs you out everywhere, ends the access of every app and removes every passkey. You can add passkeys again afterwards.',
    'If it was not you, do nothing: your password stays as it is.',
  ),
})

/** Says that an address must be confirmed before it can reset a password, with the link for it. */
export const confirmFirstMail = ({ brand, handle, to }: Account, link: string): Mail => ({
  to,
  subject: `Confirm your email for ${brand}`,
  text: paragraphs(
    `Somebody, probably you, asked for a new password for @${handle}. That account names this address, but nobody has confirmed it yet.`,
    `If the account is yours, confirm the address here. The link works once, for ${emailHours}:\n${link}`,
    'Then ask for a new password again.',
    'If the account is not yours, do nothing: until it is confirmed, your address opens nothing there.',
  ),
})

/** Says to whoever asked for a new password that the account is disabled. */
export const disabledMail = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `Your ${brand} account is disabled`,
  text: paragraphs(
    `Somebody, probably you, asked for a new password for @${handle}. The account is disabled, so no password opens it.`,
    `Ask whoever runs this server about it:\n${publicUrl}`,
  ),
})

/** The link by which a new account proves its address. */
export const signUpMail = ({ brand, handle, to }: Account, link: string): Mail => ({
  to,
  subject: `Confirm your email for ${brand}`,
  text: paragraphs(
    `The account @${handle} was opened with this address.`,
    `If it is yours, confirm the address here. The link works once, for ${emailHours}:\n${link}`,
    'With it you can get back in if you forget your password, create apps and publish tracks.',
    'If it is not yours, do nothing: until it is confirmed, your address opens nothing there.',
  ),
})

/** Tells the owner of an address that somebody signed up with it. */
export const addressTakenMail = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `Somebody tried to sign up at ${brand} with your address`,
  text: paragraphs(
    `Somebody, perhaps you, opened another account with this address. It is the address of @${handle}, and stays so.`,
    `If it was you, sign in as @${handle}, or choose a new password for it:\n${publicUrl}/reset-password`,
    'If it was not you, you need do nothing.',
  ),
})

/** The link that proves another address. */
export const changeMail = ({ brand, handle, to }: Account, link: string): Mail => ({
  to,
  subject: `Confirm your email for ${brand}`,
  text: paragraphs(
    `@${handle} asked to use this address.`,
    `Confirm it here. The link works once, for ${emailHours}:\n${link}`,
    'If it was not you, do nothing: nothing changes.',
  ),
})

/** Tells the owner of an address that another account asked for it. */
export const addressInUseMail = ({ brand, handle, to }: Account, publicUrl: string): Mail => ({
  to,
  subject: `Your email is in use at ${brand}`,
  text: paragraphs(
    `Somebody asked to use this address for another account, but it is the address of @${handle}: yours. Nothing was changed.`,
    `If it was you, sign in as @${handle}, or choose a new password for it:\n${publicUrl}/reset-password`,
    'If it was not you, you need do nothing.',
  ),
})

/** The text of a mail. */
export const paragraphs = (...texts: readonly string[]): string => `${texts.join('\n\n')}\n`
