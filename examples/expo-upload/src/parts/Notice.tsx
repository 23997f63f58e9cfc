import { useEffect } from 'react'
import { AccessibilityInfo, Platform, StyleSheet, Text, View } from 'react-native'
import { wordsFor } from '../problem'
import { useTheme } from '../theme'

interface NoticeProps {
  readonly problem: unknown
}

/** Says what went wrong, and is read out when it appears. */
export function Notice({ problem }: NoticeProps) {
  const { bad, badGround, text } = useTheme()
  const { headline, advice } = wordsFor(problem)
  useEffect(() => {
    // VoiceOver on iOS does not read what appears by itself.
    if (Platform.OS === 'ios') AccessibilityInfo.announceForAccessibility(`${headline}. ${advice}`)
  }, [headline, advice])
  return (
    <View
      accessible
      role="alert"
      aria-live="assertive"
      style={[styles.notice, { backgroundColor: badGround }]}
    >
      <Text style={[styles.headline, { color: bad }]}>{headline}</Text>
      <Text style={[styles.advice, { color: text }]}>{advice}</Text>
    </View>
  )
}

const styles = StyleSheet.create({
  notice: { gap: 6, padding: 16, borderRadius: 12 },
  headline: { fontSize: 17, fontWeight: '600' },
  advice: { fontSize: 15, lineHeight: 22 },
})
