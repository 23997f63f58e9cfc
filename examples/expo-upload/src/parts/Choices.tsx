import { Pressable, StyleSheet, Text, View } from 'react-native'
import { useTheme } from '../theme'

interface ChoicesProps<T extends string> {
  readonly label: string
  readonly options: readonly T[]
  readonly chosen: T
  readonly onChoose: (option: T) => void
  /** `tab` where choosing shows another screen. */
  readonly role?: 'radio' | 'tab'
}

/** A few options of which one is chosen. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { label, options, chosen, onChoose, role = 'radio' } = props
  const { soft, surface, text, accent, line } = useTheme()
  return (
    <View role={role === 'tab' ? 'tablist' : 'radiogroup'} aria-label={label} style={styles.options}>
      {options.map((option) => {
        const isChosen = option === chosen
        return (
          <Pressable
            key={option}
            role={role}
            aria-label={option}
            {...(role === 'tab' ? { 'aria-selected': isChosen } : { 'aria-checked': isChosen })}
            onPress={() => onChoose(option)}
            style={[
              styles.option,
              { backgroundColor: isChosen ? soft : surface, borderColor: isChosen ? accent : line },
            ]}
          >
            <Text style={[styles.words, { color: isChosen ? accent : text }]}>{option}</Text>
          </Pressable>
        )
      })}
    </View>
  )
}

const styles = StyleSheet.create({
  options: { flexDirection: 'row', flexWrap: 'wrap', gap: 8 },
  option: {
    minHeight: 44,
    paddingHorizontal: 14,
    borderWidth: 1,
    borderRadius: 22,
    justifyContent: 'center',
  },
  words: { fontSize: 15, fontWeight: '600' },
})
