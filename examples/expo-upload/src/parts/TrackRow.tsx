import type { Track } from '@stagedoor/sdk'
import { StyleSheet, View } from 'react-native'
import { useTheme } from '../theme'
import { Button } from './Button'
import { Picture } from './Picture'
import { Waveform } from './Waveform'
import { Words } from './Words'

interface TrackRowProps {
  readonly track: Track
  readonly isPlaying: boolean
  readonly onPlay: () => void
  readonly onPause: () => void
  readonly onSave: (isSaved: boolean) => void
}

/** A track, how to hear it and how to save it. */
export function TrackRow({ track, isPlaying, onPlay, onPause, onSave }: TrackRowProps) {
  const { surface, line } = useTheme()
  const { title, artwork, user, duration, isUnlisted, hasCurrentUserSaved: isSaved } = track
  const facts = [user.name, lengthOf(duration), ...(isUnlisted ? ['unlisted'] : [])]
  return (
    <View style={[styles.card, { backgroundColor: surface, borderColor: line }]}>
      <View style={styles.row}>
        <Picture image={artwork} name={title} />
        <View style={styles.words}>
          <Words look="heading" lines={1}>
            {title}
          </Words>
          <Words look="quiet" lines={1}>
            {facts.join(' · ')}
          </Words>
        </View>
      </View>
      {isPlaying && <Waveform trackId={track.id} />}
      <View style={styles.row}>
        <Button
          title={isPlaying ? 'Pause' : 'Play'}
          label={`${isPlaying ? 'Pause' : 'Play'} ${title}`}
          onPress={isPlaying ? onPause : onPlay}
        />
        <Button
          title={isSaved ? 'Remove from library' : 'Save to library'}
          label={isSaved ? `Remove ${title} from library` : `Save ${title} to library`}
          onPress={() => onSave(!isSaved)}
        />
      </View>
    </View>
  )
}

/** Whole seconds as minutes and seconds. */
function lengthOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

const styles = StyleSheet.create({
  card: { gap: 12, padding: 16, borderWidth: 1, borderRadius: 12 },
  row: { flexDirection: 'row', alignItems: 'center', gap: 12, flexWrap: 'wrap' },
  words: { flex: 1 },
})
