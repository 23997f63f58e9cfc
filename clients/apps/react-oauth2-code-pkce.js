import { createElement, useContext, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { AuthContext, AuthProvider } from 'react-oauth2-code-pkce'

const authConfig = {
  clientId: config.apiKey,
  authorizationEndpoint: `${config.issuer}/v1/oauth/authorize`,
  tokenEndpoint: `${config.issuer}/v1/oauth/token`,
  redirectUri: config.redirectUri,
  scope: 'read',
  autoLogin: false,
  decodeToken: false,
}

function Account() {
  const { token, logIn } = useContext(AuthContext)
  const [handle, setHandle] = useState('')
  useEffect(() => {
    if (token)
      fetch(`${config.issuer}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
        .then((response) => response.json())
        .then(({ preferred_username }) => setHandle(preferred_username))
  }, [token])
  document.querySelector('button').onclick = () => logIn()
  return handle
}

createRoot(document.querySelector('output')).render(
  createElement(AuthProvider, { authConfig }, createElement(Account)),
)
