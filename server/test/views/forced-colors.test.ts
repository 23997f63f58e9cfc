import { expect, test } from 'vitest'
import { readAssets } from '../../src/http/static-files.ts'

const { assets } = readAssets(new URL('../../', import.meta.url))

/** The rules of a style sheet that hold in forced colours alone, and the others. */
function split(css: string): { readonly forced: string; readonly others: string } {
  const blocks = css.match(/@media \(forced-colors: active\) \{[\s\S]*?\n\}/g) ?? []
  return { forced: blocks.join('\n'), others: blocks.reduce((rest, block) => rest.replace(block, ''), css) }
}

test('in forced colours what is current is told by colours that are drawn', () => {
  const sheets = [...assets.values()]
    .filter(({ type }) => type.startsWith('text/css'))
    .map(({ bytes }) => split(Buffer.from(bytes).toString()))
    .filter(({ others }) => others.includes('[aria-current]'))
  expect(sheets).not.toEqual([])
  for (const { forced, others } of sheets) {
    const places = new Set(others.match(/\.\w+(?= (?:a)?\[aria-current\])/g))
    const [rule = ''] = /[^{}]*\[aria-current\] \{[^}]*\}/.exec(forced) ?? []
    for (const place of places) expect(rule).toContain(place)
    expect(rule).toContain('background: Highlight')
  }
})

test('text grows with the size that a reader has set, but for drawings, which grow as a whole', () => {
  const inPixels = [...assets.values()]
    .filter(({ type }) => type.startsWith('text/css'))
    .flatMap(
      ({ bytes }) =>
        Buffer.from(bytes)
          .toString()
          .match(/[^{}]*\{[^{}]*\bfont(?:-size)?:\s*[\d.]+px[^{}]*/g) ?? [],
    )
    .map((rule) =>
      rule
        .split('{')[0]
        ?.replace(/\/\*.*\*\//s, '')
        .trim(),
    )
  expect(inPixels.sort()).toEqual(['.chart', 'article svg text'])
})
