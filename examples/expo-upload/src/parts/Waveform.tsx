import { useEffect, useState } from 'react'
import { StyleSheet, View } from 'react-native'
import { audius } from '../audius'
import { useTheme } from '../theme'

const bars = 48
const height = 40

/** How loud a track is from beginning to end. Nothing while that is not known. */
export function Waveform({ trackId }: { readonly trackId: string }) {
  const { accent } = useTheme()
  const [peaks, setPeaks] = useState<readonly number[]>([])
  useEffect(() => {
    const controller = new AbortController()
    audius.tracks
      .getTrackWaveform({ trackId }, { signal: controller.signal })
      .then(({ data }) => setPeaks(data.peaks))
      // It plays without its picture.
      .catch(() => {})
    return () => controller.abort()
  }, [trackId])
  return (
    <View style={styles.row} aria-hidden>
      {Array.from({ length: peaks.length === 0 ? 0 : bars }, (_, bar) => {
        const from = Math.floor((bar * peaks.length) / bars)
        const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars))
        const peak = Math.max(0, ...peaks.slice(from, to))
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
        return <View key={bar} style={[styles.bar, { height: 2 + peak * height, backgroundColor: accent }]} />
      })}
    </View>
  )
}

const styles = StyleSheet.create({
  row: { flexDirection: 'row', alignItems: 'center', gap: 2, height: height + 2 },
  bar: { flex: 1, borderRadius: 1 },
})
