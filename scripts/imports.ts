import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** One import statement, or a dynamic import, of a file. */
export interface Import {
  /** The importing file, as a path below the folder. */
  readonly from: string
  /** The imported file below the folder, or a package's name. */
  readonly to: string
  readonly isTypeOnly: boolean
}

const statement = /(?:^(?:import|export)\s(type\s)?(?:[^'"]*?\sfrom\s)?|\bimport\()'([^']+)'/gm

/** The TypeScript files below a folder, as paths relative to it. */
export const sourceFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))

/** Every import in the TypeScript files below a folder. */
export const importsIn = (folder: string): readonly Import[] =>
  sourceFiles(folder).flatMap((file) =>
    Array.from(
      readFileSync(join(folder, file), 'utf8').matchAll(statement),
      ([, type, path = '']): Import => ({
        from: file,
        to: path.startsWith('.') ? relative(folder, join(folder, dirname(file), path)) : path,
        isTypeOnly: type !== undefined,
      }),
    ),
  )

/** A file's room: its folder, or itself where it stands at the top. */
export const roomOf = (file: string): string => file.split('/')[0] ?? file

/** The circles that imports make, types included: each a list of files. Empty where imports run one way. */
export function importCircles(folder: string): readonly (readonly string[])[] {
  const next = new Map(sourceFiles(folder).map((file): [string, string[]] => [file, []]))
  for (const { from, to } of importsIn(folder)) if (next.has(to)) next.get(from)?.push(to)
  const circles: string[][] = []
  const finished = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) circles.push(path.slice(at))
    if (at >= 0 || finished.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...path, file])
    finished.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return circles
}
