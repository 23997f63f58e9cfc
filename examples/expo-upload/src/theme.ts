import { useColorScheme } from 'react-native'

const light = {
  ground: '#f6f2f8',
  surface: '#ffffff',
  text: '#1f1724',
  quiet: '#655c6b',
  line: '#e6dfea',
  edge: '#8b8191',
  accent: '#7a2ea8',
  onAccent: '#ffffff',
  soft: '#efe8f3',
  bad: '#a3201b',
  badGround: '#fdecea',
}

const dark: Theme = {
  ground: '#131016',
  surface: '#1c1820',
  text: '#f1ecf4',
  quiet: '#aca2b3',
  line: '#332c39',
  edge: '#7d7386',
  accent: '#d9a6ff',
  onAccent: '#2a0b3d',
  soft: '#29222f',
  bad: '#ffa59d',
  badGround: '#3a1c1b',
}

/** The colours of a screen, by what they are for. */
export type Theme = Readonly<Record<keyof typeof light, string>>

/** The colours that the person's system asks for. */
export const useTheme = (): Theme => (useColorScheme() === 'dark' ? dark : light)
