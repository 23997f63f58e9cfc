import type { ReactNode } from 'react'
import { KeyboardAvoidingView, Platform, ScrollView, StyleSheet, View } from 'react-native'
import { useSafeAreaInsets } from 'react-native-safe-area-context'
import { useTheme } from '../theme'

/** The room that a screen leaves at its edges, clear of notches and bars. */
export function usePadding() {
  const { top, bottom, left, right } = useSafeAreaInsets()
  return {
    paddingTop: top + 24,
    paddingBottom: bottom + 40,
    paddingLeft: left + 20,
    paddingRight: right + 20,
  }
}

/** A screen that scrolls, and whose fields stay above the keyboard. */
export function Page({ children }: { readonly children: ReactNode }) {
  const { ground } = useTheme()
  const padding = usePadding()
  return (
    <KeyboardAvoidingView
      style={[styles.screen, { backgroundColor: ground }]}
      // Android makes room by itself.
      behavior={Platform.OS === 'ios' ? 'padding' : undefined}
    >
      <ScrollView contentContainerStyle={[styles.page, padding]} keyboardShouldPersistTaps="handled">
        <View role="main" style={column}>
          {children}
        </View>
      </ScrollView>
    </KeyboardAvoidingView>
  )
}

const styles = StyleSheet.create({
  screen: { flex: 1 },
  page: { flexGrow: 1 },
  column: { alignSelf: 'center', width: '100%', maxWidth: 480, gap: 20 },
})

/** Where what a screen shows stands, in a row below each other. */
export const column = styles.column
