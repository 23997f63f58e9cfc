import type { ReactElement } from 'react'
import { FlatList, StyleSheet, View } from 'react-native'
import { type List, useTracks } from '../lists'
import { Button } from '../parts/Button'
import { Notice } from '../parts/Notice'
import { column, usePadding } from '../parts/Page'
import { TrackRow } from '../parts/TrackRow'
import { Words } from '../parts/Words'
import type { Player } from '../player'
import { useTheme } from '../theme'

interface TracksProps {
  /** What stands above the list. */
  readonly top: ReactElement
  readonly list: List
  readonly userId: string
  readonly player: Player
}

const empty: Readonly<Record<List, string>> = {
  'My tracks': 'You have no tracks yet.',
  Library: 'Nothing is saved yet. Save a track, and it is here.',
}

/** The person's own tracks, or those in their library: as many as are in sight are drawn. */
export function Tracks({ top, list, userId, player }: TracksProps) {
  const { tracks, hasMore, isLoading, problem, attempt, reload, loadMore, setSaved } = useTracks(list, userId)
  const { ground } = useTheme()
  return (
    <FlatList
      role="main"
      style={{ backgroundColor: ground }}
      contentContainerStyle={[styles.list, usePadding()]}
      data={tracks ?? []}
      extraData={player.playing}
      keyExtractor={({ id }) => id}
      refreshing={isLoading && tracks !== undefined}
      onRefresh={reload}
      onEndReached={hasMore && problem === undefined ? loadMore : null}
      ListHeaderComponentStyle={column}
      ListHeaderComponent={
        <View style={column}>
          {top}
          {problem !== undefined && <Notice problem={problem} />}
          {tracks === undefined && problem === undefined && <Words look="quiet">One moment …</Words>}
          {tracks?.length === 0 && <Words look="quiet">{empty[list]}</Words>}
        </View>
      }
      renderItem={({ item: track }) => (
        <View style={column}>
          <TrackRow
            track={track}
            isPlaying={player.playing === track.id}
            onPlay={() => attempt(() => player.play(track.id))}
            onPause={player.pause}
            onSave={(isSaved) => setSaved(track, isSaved)}
          />
        </View>
      )}
      // For whom pulling the list down is no way.
      ListFooterComponent={<Button title="Reload" onPress={reload} />}
      ListFooterComponentStyle={column}
    />
  )
}

const styles = StyleSheet.create({ list: { gap: 16 } })
