import type { Filling } from './snippet.ts'

/** A text as a shell takes it literally. */
const literal = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** A login by hand. In parentheses, so that a shell into which it is pasted reads all of it before it asks. */
export function curlSnippet({ apiKey, redirectUri, server }: Filling): string {
  const query = new URLSearchParams({
    response_type: 'code',
    response_mode: 'query',
    scope: 'read',
    api_key: apiKey,
    redirect_uri: redirectUri,
    code_challenge_method: 'S256',
    code_challenge: '',
  })
  return `(
  base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
  verifier=$(openssl rand 32 | base64url)
  challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | base64url)
  echo ${literal(`${server}/v1/oauth/authorize?${query}`)}"$challenge"
  echo 'Open this, allow it, and copy what stands between code= and & in the address bar. It works for a minute.'
  printf 'Code: ' && read -r code
  token=$(curl -sS ${literal(`${server}/v1/oauth/token`)} \\
    -d grant_type=authorization_code -d client_id=${apiKey} \\
    --data-urlencode "code=$code" --data-urlencode "code_verifier=$verifier" \\
    --data-urlencode ${literal(`redirect_uri=${redirectUri}`)})
  echo "$token"
  access_token=$(printf %s "$token" | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')
  curl -sS ${literal(`${server}/v1/me`)} -H "Authorization: Bearer $access_token"
)
`
}
