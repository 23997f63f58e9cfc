import { AudiusProvider } from '@stagedoor/sdk/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { audius } from './audius.ts'
import './style.css'

const root = document.querySelector('#app')
if (!root) throw new Error('index.html has no #app')
createRoot(root).render(
  <StrictMode>
    <AudiusProvider sdk={audius}>
      <App />
    </AudiusProvider>
  </StrictMode>,
)
