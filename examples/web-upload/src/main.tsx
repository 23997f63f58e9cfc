import { AudiusProvider } from '@stagedoor/sdk/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { audius } from './audius.ts'
import './styles/page.css'
import './styles/buttons.css'
import './styles/person.css'
import './styles/forms.css'
import './styles/file.css'
import './styles/tracks.css'
import './styles/player.css'
import './styles/messages.css'
import './styles/recording.css'

const root = document.querySelector('#app')
if (!root) throw new Error('index.html has no #app')
createRoot(root).render(
  <StrictMode>
    <AudiusProvider sdk={audius}>
      <App />
    </AudiusProvider>
  </StrictMode>,
)
