import type { Request } from '../../http/message.ts'
import { type Reply, seeOther } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'

const downloadBegins =
  'Thank you. Your download begins by itself; if it does not, press its button within five minutes.'

// What was done, in words: the address names one of these and can say nothing else.
const words = {
  saved: 'Your profile is saved.',
  track: 'Your track is saved.',
  unpublished: 'The track is unpublished.',
  unsaved: 'The track is no longer in your library.',
  playlist: 'Your playlist is saved.',
  playlist_deleted: 'The playlist is deleted. Its tracks stay.',
  export: downloadBegins,
  archive: downloadBegins,
  import: 'Your archive has arrived. What becomes of it is told below.',
  ended: 'The app’s access has ended. If it asks for your account again, you will be asked.',
  password:
    'Your password is changed, and your other browsers are signed out. What else you chose to end has ended.',
  passkey: 'Your passkey is added. You can sign in with it from now on.',
  passkey_removed:
    'The passkey is removed, and signs in no more. Your device may still list it: remove it there too.',
  reset:
    'Your new password is set. Every other browser is signed out, the access of every app has ended, and every passkey is removed: add yours again below. If you came from an app, go back to it and log in again.',
  email: 'We have sent a link to the new address. Open it to confirm the change.',
  confirm: 'We have sent a link to your email. Open it to confirm that it is yours.',
  cancelled: 'Your email stays as it is.',
  out: 'That browser is signed out.',
  others: 'Every other browser is signed out.',
} as const

/** What can be downloaded, by the last part of its address. */
export type Downloads = 'export' | 'archive'

/** Goes back to a page of the account, which then says what was done. */
export const done = (path: string, what: keyof typeof words): Reply => seeOther(`${path}?done=${what}`)

const named = (request: Request): string | undefined => readForm(request.query).get('done')

/** The download that was proven just before, for the page that is asked for. */
export function whatBegins(request: Request): Downloads | null {
  const what = named(request)
  return what === 'export' || what === 'archive' ? what : null
}

/** What was done just before, for the page that is asked for. */
export function whatWasDone(request: Request): string | null {
  return Object.entries(words).find(([what]) => what === named(request))?.[1] ?? null
}
