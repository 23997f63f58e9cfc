import { join } from 'node:path'
import { startBrowser } from '../harness/browser.ts'
import { startServer } from '../harness/server.ts'
import { operatorsWalk } from '../walks/operator.ts'
import { type Copied, openDocs, type Reader } from '../walks/reader.ts'
import { listSnippets } from '../walks/snippets.ts'
import { strangersWalks } from '../walks/stranger.ts'
import { openTerminal, type Terminal } from '../walks/terminal.ts'

/**
 * Whether a stranger gets to a login by the documentation alone, and an operator to a server that people use: each copies what
 * the pages show, and runs it as it is written. Prints how long each took, and of every snippet for a shell whether it was run;
 * ends with 1 when somebody did not get there.
 *
 *   npm run walks -w e2e [-- NAME ...]
 */

/** Seconds that a stranger has. */
const limit = 120

type Browser = Awaited<ReturnType<typeof startBrowser>>

interface Way {
  readonly name: string
  /** Seconds that it may take. */
  readonly limit: number
  walk(reader: Reader, terminal: Terminal, browser: Browser): Promise<void>
}

const ways: readonly Way[] = [
  ...Object.entries(strangersWalks).map(([name, walk], index) => ({
    name,
    limit,
    walk: (reader: Reader, terminal: Terminal) =>
      walk({ reader, terminal, newcomer: { handle: `newcomer_${index}`, name: 'Robin Marsh' } }),
  })),
  { name: 'Running your own', limit: 5 * limit, walk: operatorsWalk },
]

/** Goes a way on a server of its own, from an empty folder and an empty browser; answers how many seconds it took. */
async function timed({ walk }: Way, copied: Copied[]): Promise<number> {
  const server = await startServer('walks')
  const browser = await startBrowser()
  const terminal = openTerminal()
  try {
    const context = await browser.newContext()
    context.setDefaultTimeout(limit * 1000)
    const begun = performance.now()
    await walk(await openDocs(context, server.url, copied), terminal, browser)
    return (performance.now() - begun) / 1000
  } catch (error) {
    await picture(browser)
    throw error
  } finally {
    await terminal.close()
    await browser.close()
    await server.stop()
  }
}

/** Shows what every page looked like when somebody got no further. */
async function picture(browser: Browser): Promise<void> {
  const folder = join(import.meta.dirname, '../../test-results/walks')
  for (const [index, page] of browser
    .contexts()
    .flatMap((context) => context.pages())
    .entries())
    await page.screenshot({ path: join(folder, `${index}.png`) })
  console.log(`What was on the pages is in ${folder}`)
}

const asked = process.argv.slice(2)
const chosen = ways.filter(({ name }) => asked.length === 0 || asked.includes(name))
const copied: Copied[] = []
let failed = 0
for (const way of chosen) {
  const say = (words: string) => console.log(`${way.name.padEnd(24)}${words}`)
  try {
    const seconds = await timed(way, copied)
    if (seconds > way.limit) throw new Error(`it needs ${seconds.toFixed(0)} s`)
    say(`${seconds.toFixed(0).padStart(4)} s`)
  } catch (error) {
    failed += 1
    say(`failed: ${error instanceof Error ? error.message : error}`)
  }
}

if (chosen.length === ways.length)
  for (const { at, text, is, why } of listSnippets(copied)) {
    if (is === 'nowhere') failed += 1
    console.log(`${is.padEnd(11)} /docs/${at}: ${text.split('\n')[0]}${why && ` (${why})`}`)
  }
console.log(`${failed} failed`)
if (failed > 0) process.exitCode = 1
