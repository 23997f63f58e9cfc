import { Pressable, StyleSheet, Text } from 'react-native'
import { useTheme } from '../theme'

interface ButtonProps {
  readonly title: string
  readonly onPress: () => void
  /** `primary` stands out: one a screen. */
  readonly look?: 'primary' | 'plain'
  /** What it does, where the title alone would not tell. */
  readonly label?: string
  readonly isDisabled?: boolean
}

export function Button({ title, onPress, look = 'plain', label = title, isDisabled = false }: ButtonProps) {
  const { accent, onAccent, surface, text, edge } = useTheme()
  const [ground, ink] = look === 'primary' ? [accent, onAccent] : [surface, text]
  return (
    <Pressable
      role="button"
      aria-label={label}
      aria-disabled={isDisabled}
      disabled={isDisabled}
      onPress={onPress}
      style={({ pressed }) => [
        styles.button,
        { backgroundColor: ground, borderColor: look === 'primary' ? accent : edge },
        (pressed || isDisabled) && styles.faint,
      ]}
    >
      <Text style={[styles.title, { color: ink }]}>{title}</Text>
    </Pressable>
  )
}

const styles = StyleSheet.create({
  button: {
    minHeight: 44,
    paddingHorizontal: 16,
    paddingVertical: 10,
    borderWidth: 1,
    borderRadius: 10,
    alignItems: 'center',
    justifyContent: 'center',
  },
  title: { fontSize: 16, fontWeight: '600' },
  faint: { opacity: 0.6 },
})
