import { parseAllDocuments } from 'yaml'

/** A value of a document, looked at without knowing what it is. */
export type Tree = unknown

/**
 * The documents of a YAML file, with `<<` merged as compose has it.
 * @throws Error where it is no YAML, or names a key twice
 */
export function documentsOf(text: string): readonly Tree[] {
  return parseAllDocuments(text, { merge: true, uniqueKeys: true })
    .filter((document) => document.contents !== null)
    .map((document) => {
      const [error] = document.errors
      if (error) throw error
      return document.toJS({ maxAliasCount: 100 })
    })
}

/** What stands at a path of names; undefined where there is none. */
export function at(tree: Tree, ...path: readonly (string | number)[]): Tree {
  return path.reduce<Tree>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    tree,
  )
}

export const listAt = (tree: Tree, ...path: readonly (string | number)[]): readonly Tree[] => {
  const value = at(tree, ...path)
  return Array.isArray(value) ? value : []
}

export const entriesAt = (tree: Tree, ...path: readonly (string | number)[]): readonly [string, Tree][] => {
  const value = at(tree, ...path)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}
