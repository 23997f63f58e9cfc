'use client'

import { AudiusProvider } from '@stagedoor/sdk/react'
import { Account } from './Account.jsx'
import { audius } from './audius.js'

export default function Page() {
  return (
    <AudiusProvider sdk={audius}>
      <Account />
    </AudiusProvider>
  )
}
