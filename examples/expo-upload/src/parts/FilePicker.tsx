import { StyleSheet, View } from 'react-native'
import { type Picked, pick } from '../pick'
import { Button } from './Button'
import { Words } from './Words'

interface FilePickerProps {
  readonly label: string
  readonly kind: 'audio' | 'image'
  readonly picked: Picked | null
  readonly onPick: (file: Picked) => void
}

/** A file and how another is chosen. */
export function FilePicker({ label, kind, picked, onPick }: FilePickerProps) {
  async function choose() {
    const file = await pick(kind)
    if (file) onPick(file)
  }

  return (
    <View style={styles.row}>
      <View style={styles.words}>
        <Words look="heading">{label}</Words>
        <Words look="quiet" lines={1}>
          {picked?.name ?? 'Nothing chosen'}
        </Words>
      </View>
      <Button
        title={picked ? 'Change' : 'Choose'}
        label={`Choose the ${label.toLowerCase()}`}
        onPress={choose}
      />
    </View>
  )
}

const styles = StyleSheet.create({
  row: { flexDirection: 'row', alignItems: 'center', gap: 12 },
  words: { flex: 1 },
})
