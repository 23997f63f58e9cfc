import { exchangeCodeAsync, fetchUserInfoAsync, useAuthRequest, useAutoDiscovery } from 'expo-auth-session'
import { maybeCompleteAuthSession } from 'expo-web-browser'
import { createElement, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'

maybeCompleteAuthSession()

const { issuer, apiKey: clientId, redirectUri } = window.config

function App() {
  const discovery = useAutoDiscovery(issuer)
  const [request, response, promptAsync] = useAuthRequest(
    { clientId, redirectUri, scopes: ['openid', 'profile'] },
    discovery,
  )
  const [name, setName] = useState('')
  useEffect(() => {
    if (response?.type !== 'success') return
    const extraParams = { code_verifier: request.codeVerifier }
    exchangeCodeAsync({ clientId, redirectUri, code: response.params.code, extraParams }, discovery)
      .then((tokens) => fetchUserInfoAsync(tokens, discovery))
      .then(({ preferred_username }) => setName(preferred_username))
  }, [request, response, discovery])
  document.querySelector('button').onclick = () => promptAsync()
  return name
}

createRoot(document.querySelector('output')).render(createElement(App))
