import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { AuthProvider, useAuth } from 'react-oidc-context'

function Account() {
  const auth = useAuth()
  document.querySelector('button').onclick = () => auth.signinRedirect()
  return auth.error?.message ?? auth.user?.profile.preferred_username ?? ''
}

const settings = {
  authority: config.issuer,
  client_id: config.apiKey,
  redirect_uri: config.redirectUri,
  scope: 'openid profile',
}
createRoot(document.querySelector('output')).render(
  createElement(AuthProvider, settings, createElement(Account)),
)
