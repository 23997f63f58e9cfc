import { type Cost, medianOf } from './drive.ts'
import type { Rounds } from './results.ts'

/** Pixels: narrow enough to be read on a phone, where it is as wide as the screen. */
const [width, line, bar, nameWidth, figureWidth] = [412, 20, 12, 188, 60]
const charactersOfALine = 58

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/**
 * Draws what a request costs each server, phase by phase: a bar is as long as it is within its phase. Alone it follows the
 * reader's light or dark by a style of its own, which the documentation leaves away, as it has its own.
 * @param facts of the machine, the day and the versions, below the bars
 */
export function chartOf(rounds: Rounds, facts: string): string {
  const parts: string[] = []
  let y = 16
  const text = (x: number, words: string, more = '') =>
    parts.push(`<text x="${Math.round(x)}" y="${y}" font-size="13"${more}>${escaped(words)}</text>`)
  text(0, 'CPU of the server for one request, µs', ' font-weight="bold"')
  for (const [phase, servers] of rounds) {
    const costs = Array.from(servers, ([server, costs]) => ({ server, cost: medianOf(costs) })).filter(
      isOfCpu,
    )
    const most = Math.max(...costs.map(({ cost }) => cost.cpu))
    y += line * 1.5
    text(0, phase, ' font-weight="bold"')
    for (const { server, cost } of costs.toSorted((one, other) => one.cost.cpu - other.cost.cpu)) {
      y += line
      const length = Math.max(1, (cost.cpu / most) * (width - nameWidth - figureWidth))
      const fill = server.startsWith('Stagedoor') ? fills.ours : fills.other
      text(8, server)
      parts.push(
        `<rect x="${nameWidth}" y="${y - bar + 1}" width="${length.toFixed(1)}" height="${bar}" fill="${fill}" stroke="none"/>`,
      )
      text(nameWidth + length + 4, told(cost.cpu))
    }
  }
  y += line
  for (const words of lines(facts)) {
    y += line * 0.9
    text(0, words)
  }
  return `<svg viewBox="0 0 ${width} ${Math.ceil(y + 8)}" width="${width}" xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" fill="currentColor">
<title>CPU of one request</title>
<style>svg { color: #18191c; background: #fff } @media (prefers-color-scheme: dark) { svg { color: #edecea; background: #191a1d } }</style>
${parts.join('\n')}
</svg>
`
}

const fills = { ours: '#3b7de0', other: '#8d9099' } as const

const isOfCpu = ({ cost }: { readonly cost: Cost }) => cost.cpu > 0
const told = (cpu: number) => Math.round(cpu).toLocaleString('en-GB')

function lines(words: string): readonly string[] {
  const all = ['']
  for (const word of words.split(' ')) {
    const last = all.at(-1) ?? ''
    if (last.length + word.length < charactersOfALine) all[all.length - 1] = `${last} ${word}`.trim()
    else all.push(word)
  }
  return all
}
