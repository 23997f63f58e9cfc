import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A test whose name says which row of the catalogue it proves. */
export interface Proof {
  readonly id: string
  /** The test's name without the ids. */
  readonly name: string
  readonly file: string
}

const ids = '[A-Z]{1,2}-\\d+(?:, [A-Z]{1,2}-\\d+)*'
/** A name in quotes with ids in front or in brackets at its end: `'UP-9: …'`, `'… (RT-2, F-14)'`. */
const tagged = new RegExp(
  `(['"\`])(?:(${ids}): ((?:(?!\\1|\\n).)+)|((?:(?!\\1|\\n).)+) \\((${ids})\\))\\1`,
  'g',
)

/** Every proof in the test files below the folders, which are named from the root. */
export const proofsIn = (root: string, folders: readonly string[]): readonly Proof[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules'))
      .sort()
      .flatMap((file) => proofsOf(join(folder, file), readFileSync(join(root, folder, file), 'utf8'))),
  )

const proofsOf = (file: string, source: string): readonly Proof[] =>
  Array.from(source.matchAll(tagged)).flatMap(([, , idsBefore, nameAfter, nameBefore, idsAfter]) =>
    (idsBefore ?? idsAfter ?? '')
      .split(', ')
      .map((id): Proof => ({ id, name: nameAfter ?? nameBefore ?? '', file })),
  )
