/**
 * Writes server/src/apps/confusables.generated.ts from the confusables of UTS 39, which `unhomoglyph` carries: every
 * character that passes for Latin letters and that compatibility decomposition does not already turn into them.
 */
import { writeFileSync } from 'node:fs'
import table from 'unhomoglyph/data.json' with { type: 'json' }

const file = new URL('../server/src/apps/confusables.generated.ts', import.meta.url)

/** A target in plain letters: `Ɐ̸` and `A` with a stroke are as much an A as A is. */
const plain = (text: string) => text.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '')

const byLetters = new Map<string, string[]>()
for (const [character, target] of Object.entries(table)) {
  const letters = plain(target)
  if ([...character].length !== 1 || character.charCodeAt(0) < 0x80) continue
  if (!/^[A-Za-z0-9]{1,2}$/.test(letters) || plain(character) === letters) continue
  byLetters.set(letters, [...(byLetters.get(letters) ?? []), character])
}

const lines = [...byLetters]
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(
    ([letters, characters]) =>
      `  ${/^\d/.test(letters) ? `'${letters}'` : letters}: '${characters.sort().join('')}',`,
  )

writeFileSync(
  file,
  `// Written by \`npm run confusables\` from the confusables of UTS 39 (Unicode 13).

/** Characters that pass for Latin letters, by those letters. */
export const confusables: Readonly<Record<string, string>> = {
${lines.join('\n')}
}
`,
)
