import type { Image as Sizes } from '@stagedoor/sdk'
import { Image, StyleSheet, Text, View } from 'react-native'
import { useTheme } from '../theme'

interface PictureProps {
  readonly image: Sizes<'150x150'> | null | undefined
  /** Its first letter stands in for a picture that is missing. */
  readonly name: string
  readonly isRound?: boolean
}

/** Decorative: the name is beside it. */
export function Picture({ image, name, isRound = false }: PictureProps) {
  const { soft, quiet } = useTheme()
  const uri = image?.['150x150']
  return (
    <View aria-hidden style={[styles.picture, { backgroundColor: soft }, isRound && styles.round]}>
      {uri === undefined ? (
        <Text style={[styles.letter, { color: quiet }]}>{Array.from(name)[0]?.toUpperCase()}</Text>
      ) : (
        <Image source={{ uri }} alt="" style={styles.image} />
      )}
    </View>
  )
}

const styles = StyleSheet.create({
  picture: {
    width: 56,
    height: 56,
    borderRadius: 8,
    overflow: 'hidden',
    alignItems: 'center',
    justifyContent: 'center',
  },
  round: { borderRadius: 28 },
  image: { width: '100%', height: '100%' },
  letter: { fontSize: 22, fontWeight: '600' },
})
