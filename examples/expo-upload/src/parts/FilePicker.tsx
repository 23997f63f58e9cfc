import { useState } from 'react'
import { StyleSheet, View } from 'react-native'
import { type Picked, pick } from '../pick'
import { Button } from './Button'
import { Notice } from './Notice'
import { Words } from './Words'

interface FilePickerProps {
  readonly label: string
  readonly kind: 'audio' | 'image'
  readonly picked: Picked | null
  readonly onPick: (file: Picked) => void
}

/** A file and how another is chosen. */
export function FilePicker({ label, kind, picked, onPick }: FilePickerProps) {
  const [problem, setProblem] = useState<unknown>()

  async function choose() {
    setProblem(undefined)
    try {
      const file = await pick(kind)
      if (file) onPick(file)
    } catch (reason) {
      setProblem(reason)
    }
  }

  return (
    <View style={styles.file}>
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
      {problem !== undefined && <Notice problem={problem} />}
    </View>
  )
}

const styles = StyleSheet.create({
  file: { gap: 8 },
  row: { flexDirection: 'row', alignItems: 'center', gap: 12 },
  words: { flex: 1 },
})
