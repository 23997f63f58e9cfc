import { StyleSheet, TextInput, View } from 'react-native'
import { useTheme } from '../theme'
import { Words } from './Words'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly maxLength: number
}

/** One line of text under its label. */
export function Field({ label, value, onChange, maxLength }: FieldProps) {
  const { surface, text, edge } = useTheme()
  return (
    <View style={styles.field}>
      <Words look="heading">{label}</Words>
      <TextInput
        aria-label={label}
        value={value}
        onChangeText={onChange}
        maxLength={maxLength}
        style={[styles.input, { backgroundColor: surface, color: text, borderColor: edge }]}
      />
    </View>
  )
}

const styles = StyleSheet.create({
  field: { gap: 8 },
  input: { minHeight: 44, paddingHorizontal: 12, borderWidth: 1, borderRadius: 10, fontSize: 16 },
})
