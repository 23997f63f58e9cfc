import { StyleSheet, View } from 'react-native'
import { useTheme } from '../theme'
import { Words } from './Words'

interface ProgressProps {
  /** What goes on. */
  readonly label: string
  /** From 0 to 1. */
  readonly part: number
}

/** How far something has got, as a bar and in words. */
export function Progress({ label, part }: ProgressProps) {
  const { soft, accent } = useTheme()
  const percent = Math.round(part * 100)
  return (
    <View style={styles.progress}>
      <Words>{`${label}: ${percent}%`}</Words>
      <View
        accessible
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        style={[styles.bar, { backgroundColor: soft }]}
      >
        <View style={[styles.done, { backgroundColor: accent, width: `${percent}%` }]} />
      </View>
    </View>
  )
}

const styles = StyleSheet.create({
  progress: { gap: 8 },
  bar: { height: 10, borderRadius: 5, overflow: 'hidden' },
  done: { height: '100%' },
})
