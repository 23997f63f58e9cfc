/** When who is signed in proves once more that it is they: each time, after five minutes, or not at all. */
export type Asks = 'each time' | 'after five minutes' | 'no'

/**
 * Every form of who is signed in, and every download of what is theirs: whether it asks for a proof, and why. What hands
 * over authority or data asks, and so does what takes from its owner a way back in; what ends access does not.
 */
export const freshProof: Readonly<Record<string, readonly [asks: Asks, why: string]>> = {
  'POST /v1/oauth/authorize': ['no', 'it asks what it asks by GET'],
  'POST /consent': [
    'no',
    'it names the app, and the access can be ended; the request asks itself by max_age',
  ],
  'POST /cancel': ['no', 'it gives nothing'],
  'POST /device': ['no', 'it shows whose code it is; what it asks is answered by the next form'],
  'POST /device/answer': ['no', 'it asks as the consent does, and the access can be ended'],
  'POST /logout': ['no', 'it ends access; the password signs in again'],
  'POST /v1/oauth/logout': ['no', 'it asks the person, or ends what the app itself began'],
  'POST /sign-out': ['no', 'it ends access; the password signs in again'],
  'POST /account/password': ['each time', 'it is the way in'],
  'POST /account/email': ['each time', 'mail to it resets the password'],
  'POST /account/delete': ['each time', 'there is no way back'],
  'POST /account/passkeys/options': ['after five minutes', 'a passkey is a way in that stays'],
  'POST /account/passkeys/prove': ['each time', 'it is the proof itself, for another passkey'],
  'POST /account/passkeys': ['no', 'it takes what the proven step before it asked for'],
  'POST /account/passkeys/remove': ['after five minutes', 'it takes a way in from its owner'],
  'GET /account/data/export': ['after five minutes', 'everything about a person leaves at once'],
  'POST /account/data/export': ['after five minutes', 'it takes the proof for the download'],
  'GET /account/data/archive': ['after five minutes', 'everything about a person leaves at once'],
  'POST /account/data/archive': ['after five minutes', 'it takes the proof for the download'],
  'POST /account/data/import': ['no', 'it adds, and changes nothing that is there'],
  'POST /account/profile': ['no', 'others see it, and it can be changed back'],
  'POST /account/email/confirm': ['no', 'the link goes to the address that stands'],
  'POST /account/email/cancel': ['no', 'the address stays as it is'],
  'POST /account/sessions/end': ['no', 'it ends access; the password signs in again'],
  'POST /account/sessions/end-others': ['no', 'it ends access; the password signs in again'],
  'POST /account/apps/end': ['no', 'it ends access, which must be quick'],
  'POST /account/tracks/:id': ['no', 'an app with write access may do it'],
  'POST /account/tracks/:id/delete': ['no', 'an app with write access may do it'],
  'POST /account/playlists/:id': ['no', 'an app with write access may do it'],
  'POST /account/library/remove': ['no', 'an app with write access may do it'],
  'POST /developers': ['no', 'a new app has nobody’s access'],
  'POST /developers/tokens': ['after five minutes', 'the token manages every app'],
  'POST /developers/tokens/revoke': ['no', 'it ends access, which must be quick'],
  'POST /developers/:api_key': [
    'after five minutes',
    'redirect URIs say where codes go; the rest of the form asks none',
  ],
  'POST /developers/:api_key/redirect-uris': ['after five minutes', 'codes go to it'],
  'POST /developers/:api_key/delete': ['after five minutes', 'there is no way back'],
  'POST /developers/:api_key/token-binding': [
    'after five minutes',
    'tokens become good without a key; the other way asks none',
  ],
  'POST /developers/:api_key/id-tokens': ['no', 'either algorithm is as safe'],
  'POST /developers/:api_key/test-login': ['no', 'it asks for consent as any login does'],
  'POST /developers/:api_key/webhooks': [
    'after five minutes',
    'events about people go to it, and a new secret is shown',
  ],
  'POST /developers/:api_key/webhooks/logout': ['after five minutes', 'events about people go to it'],
  'POST /developers/:api_key/webhooks/remove': ['no', 'less is told, to nobody else'],
  'POST /developers/:api_key/webhooks/test': ['no', 'it goes to the address that stands'],
  'POST /developers/:api_key/webhooks/replay': ['no', 'it goes to the address that stands'],
}
