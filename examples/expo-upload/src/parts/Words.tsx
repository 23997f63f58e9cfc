import type { ReactNode } from 'react'
import { StyleSheet, Text } from 'react-native'
import { useTheme } from '../theme'

interface WordsProps {
  readonly children: ReactNode
  readonly look?: 'title' | 'heading' | 'plain' | 'quiet'
  /** Cuts off what does not fit into so many lines. */
  readonly lines?: number
}

/** Text in the app's sizes and colours. Titles and headings are announced as such. */
export function Words({ children, look = 'plain', lines }: WordsProps) {
  const theme = useTheme()
  return (
    <Text
      role={look === 'title' || look === 'heading' ? 'heading' : undefined}
      numberOfLines={lines}
      style={[styles[look], { color: look === 'quiet' ? theme.quiet : theme.text }]}
    >
      {children}
    </Text>
  )
}

const styles = StyleSheet.create({
  title: { fontSize: 26, lineHeight: 32, fontWeight: '700' },
  heading: { fontSize: 17, lineHeight: 24, fontWeight: '600' },
  plain: { fontSize: 16, lineHeight: 24 },
  quiet: { fontSize: 15, lineHeight: 22 },
})
