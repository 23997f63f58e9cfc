import { StyleSheet, View } from 'react-native'
import { type List, useTracks } from '../lists'
import { Button } from '../parts/Button'
import { Notice } from '../parts/Notice'
import { TrackRow } from '../parts/TrackRow'
import { Words } from '../parts/Words'
import type { Player } from '../player'

interface TracksProps {
  readonly list: List
  readonly userId: string
  readonly player: Player
}

const empty: Readonly<Record<List, string>> = {
  'My tracks': 'You have no tracks yet.',
  Library: 'Nothing is saved yet. Save a track, and it is here.',
}

/** The person's own tracks, or those in their library. */
export function Tracks({ list, userId, player }: TracksProps) {
  const { tracks, hasMore, problem, attempt, reload, loadMore, setSaved } = useTracks(list, userId)
  return (
    <View style={styles.list}>
      {problem !== undefined && <Notice problem={problem} />}
      {tracks === undefined && problem === undefined && <Words look="quiet">One moment …</Words>}
      {tracks?.length === 0 && <Words look="quiet">{empty[list]}</Words>}
      {tracks?.map((track) => (
        <TrackRow
          key={track.id}
          track={track}
          isPlaying={player.playing === track.id}
          onPlay={() => attempt(() => player.play(track.id))}
          onPause={player.pause}
          onSave={(isSaved) => setSaved(track, isSaved)}
        />
      ))}
      {hasMore && <Button title="Show more" onPress={loadMore} />}
      <Button title="Reload" onPress={reload} />
    </View>
  )
}

const styles = StyleSheet.create({ list: { gap: 16 } })
