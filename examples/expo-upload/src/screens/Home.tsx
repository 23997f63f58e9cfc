import type { User } from '@stagedoor/sdk'
import { useState } from 'react'
import { StyleSheet, View } from 'react-native'
import { Button } from '../parts/Button'
import { Choices } from '../parts/Choices'
import { Page } from '../parts/Page'
import { Picture } from '../parts/Picture'
import { Words } from '../parts/Words'
import { usePlayer } from '../player'
import { usePublish } from '../publish'
import { Tracks } from './Tracks'
import { Upload } from './Upload'

interface HomeProps {
  readonly user: User
  readonly onSignOut: () => void
}

const tabs = ['Upload', 'My tracks', 'Library'] as const

/** Who is logged in, and what they can do. */
export function Home({ user, onSignOut }: HomeProps) {
  const [tab, setTab] = useState<(typeof tabs)[number]>('Upload')
  const publishing = usePublish(user.id)
  const player = usePlayer()
  const top = (
    <>
      <View style={styles.person}>
        <Picture image={user.profilePicture} name={user.name} isRound />
        <View style={styles.names}>
          <Words look="heading" lines={1}>
            {user.name}
          </Words>
          <Words look="quiet" lines={1}>
            {`@${user.handle}${user.isVerified ? ' · verified' : ''}`}
          </Words>
        </View>
        <Button title="Sign out" onPress={onSignOut} />
      </View>
      <Choices label="Screens" role="tab" options={tabs} chosen={tab} onChoose={setTab} />
    </>
  )
  if (tab !== 'Upload') return <Tracks key={tab} top={top} list={tab} userId={user.id} player={player} />
  return (
    <Page>
      {top}
      <Upload publishing={publishing} onShowTracks={() => setTab('My tracks')} />
    </Page>
  )
}

const styles = StyleSheet.create({
  person: { flexDirection: 'row', alignItems: 'center', gap: 12 },
  names: { flex: 1 },
})
