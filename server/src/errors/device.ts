import { catalogue } from './catalogue.ts'
import { OAuthError } from './oauth.ts'

const deviceError = (code: string, description: string, status = 400) =>
  new OAuthError(status, code, description)

/** RFC 8628 §3.2, §3.5. */
export const device = catalogue('device', {
  scope: () => deviceError('invalid_scope', 'scope has a word that is not known here.'),
  suspended: () =>
    deviceError('unauthorized_client', 'Whoever runs this server has suspended this app.', 403),
  full: () =>
    deviceError('temporarily_unavailable', 'Too many logins of this app wait. Try again shortly.', 503),
  pending: () =>
    deviceError('authorization_pending', 'The person has not answered yet. Ask again after the interval.'),
  slowDown: () =>
    deviceError(
      'slow_down',
      'You ask too often. Wait five seconds longer between two questions from now on.',
    ),
  denied: () => deviceError('access_denied', 'The person cancelled.'),
  expired: () => deviceError('expired_token', 'This login has expired. Begin another.'),
  unknown: () => deviceError('invalid_grant', 'This device_code is not known. Begin another login.'),
  otherClient: () => deviceError('invalid_grant', 'This device_code was issued to another client_id.'),
})
