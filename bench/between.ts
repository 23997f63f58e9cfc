/** A page with something else between two marks of this name. @throws Error where there are none */
export function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`The page has no marks for ${name}.`)
  return `${before}${begin}\n\n${text}\n\n${end}${after}`
}
