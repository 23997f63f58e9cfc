import { sdk } from '@stagedoor/sdk'
import { AudiusProvider, useAudius, useUser } from '@stagedoor/sdk/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'

const audius = sdk({ ...window.config, redirectUri: `${location.origin}/cb` })
const responseMode = new URLSearchParams(location.search).get('mode') ?? sessionStorage.mode ?? 'fragment'
sessionStorage.mode = responseMode

function Home() {
  const { status, login, error } = useAudius()
  const { user } = useUser()
  return (
    <>
      <output>{error?.code ?? user?.handle ?? status}</output>
      <button type="button" onClick={() => login({ responseMode })}>
        Log in with Audius
      </button>
      <button type="button" onClick={() => login({ responseMode, display: 'fullScreen' })}>
        Log in on the full page
      </button>
    </>
  )
}

createRoot(document.getElementById('app')).render(
  <StrictMode>
    <AudiusProvider sdk={audius}>
      <BrowserRouter>
        <Routes>
          <Route path="/" element={<Home />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </BrowserRouter>
    </AudiusProvider>
  </StrictMode>,
)
