import { createClient } from '@openauthjs/openauth/client'

const client = createClient({ clientID: 'client', issuer: 'https://login.example' })
const redirectUri = `${location.origin}/callback`

/** This client has no popup, and keeps nothing: what it leaves to the app is written here as short as it goes. */
export async function login(): Promise<void> {
  const { challenge, url } = await client.authorize(redirectUri, 'code', { pkce: true })
  sessionStorage.setItem('challenge', JSON.stringify(challenge))
  location.assign(url)
}

export async function handleRedirect(): Promise<void> {
  const query = new URLSearchParams(location.search)
  const code = query.get('code')
  const challenge: { state?: string; verifier?: string } = JSON.parse(
    sessionStorage.getItem('challenge') ?? '{}',
  )
  if (!code || query.get('state') !== challenge.state) return
  const exchanged = await client.exchange(code, redirectUri, challenge.verifier)
  if (exchanged.err) throw exchanged.err
  localStorage.setItem('tokens', JSON.stringify(exchanged.tokens))
}

async function accessToken(): Promise<string | undefined> {
  const { access, refresh }: { access?: string; refresh?: string } = JSON.parse(
    localStorage.getItem('tokens') ?? '{}',
  )
  if (!access || !refresh) return undefined
  const refreshed = await client.refresh(refresh, { access })
  if (refreshed.err) return undefined
  if (refreshed.tokens) localStorage.setItem('tokens', JSON.stringify(refreshed.tokens))
  return refreshed.tokens?.access ?? access
}

export const restore = async (): Promise<boolean> => Boolean(await accessToken())

export async function whoIsIt(): Promise<unknown> {
  const headers = { authorization: `Bearer ${await accessToken()}` }
  const response = await fetch('https://login.example/userinfo', { headers })
  return response.json()
}

export async function logout(): Promise<void> {
  localStorage.removeItem('tokens')
}
