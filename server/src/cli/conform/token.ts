import { type Check, expected, postToken, type Result, type Subject, skipped } from './check.ts'

async function refuses(
  subject: Subject,
  form: Readonly<Record<string, string>>,
  errors: readonly string[],
): Promise<Result> {
  const { status, headers, body } = await postToken(subject, form)
  if (!(status === 400 || status === 401)) return expected(false, `it is answered with status ${status}`)
  if (!errors.includes(String(body['error'])))
    return expected(false, `error is ${JSON.stringify(body['error'])}, and not ${errors.join(' or ')}`)
  return expected(headers.get('cache-control')?.includes('no-store') === true, 'it may be cached')
}

/** What the token endpoint and userinfo refuse (RFC 6749 §5.2, RFC 6750 §3). */
export const tokenChecks: readonly Check[] = [
  {
    id: 'token-unknown-code',
    about: 'a code that was never issued is refused',
    run: (subject) =>
      refuses(
        subject,
        {
          grant_type: 'authorization_code',
          code: 'conform',
          redirect_uri: subject.redirectUri,
          code_verifier: 'v'.repeat(43),
        },
        ['invalid_grant'],
      ),
  },
  {
    id: 'token-unknown-grant',
    about: 'a grant that there is not is refused',
    run: (subject) => refuses(subject, { grant_type: 'conform' }, ['unsupported_grant_type']),
  },
  {
    id: 'token-no-grant',
    about: 'a request without grant_type is refused',
    run: (subject) => refuses(subject, {}, ['invalid_request', 'unsupported_grant_type']),
  },
  {
    id: 'token-unknown-refresh',
    about: 'a refresh token that was never issued is refused',
    run: (subject) =>
      refuses(subject, { grant_type: 'refresh_token', refresh_token: 'conform' }, ['invalid_grant']),
  },
  {
    id: 'oidcc-userinfo-no-token',
    about: 'userinfo without a token is answered with a challenge',
    run: async ({ metadata }) => {
      const address = metadata['userinfo_endpoint']
      if (typeof address !== 'string') return skipped('there is no userinfo_endpoint')
      const response = await fetch(address)
      await response.arrayBuffer()
      const isChallenged = /^bearer\b/i.test(response.headers.get('www-authenticate') ?? '')
      return expected(
        response.status === 401 && isChallenged,
        `it is answered with status ${response.status}`,
      )
    },
  },
]
