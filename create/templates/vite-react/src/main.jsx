import { AudiusProvider } from '@stagedoor/sdk/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Account } from './Account.jsx'
import { audius } from './audius.js'

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <AudiusProvider sdk={audius}>
      <Account />
    </AudiusProvider>
  </StrictMode>,
)
