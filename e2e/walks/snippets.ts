import { readFileSync } from 'node:fs'
import type { Copied } from './reader.ts'

/** Why a snippet for a shell is not pasted by a walk: where it is run, or what it would need. */
interface Unwalked extends Copied {
  readonly why: string
}

/** By the address of the page, and a part of the snippet. */
const unwalked: readonly Unwalked[] = [
  {
    at: 'start/expo',
    text: '--template expo',
    why: 'needs a phone; what it makes is bundled and run by npm run test:expo',
  },
  {
    at: 'sdk',
    text: 'npx expo install',
    why: 'needs an Expo app; npm run test:native and test:expo have one',
  },
  {
    at: 'postgres',
    text: 'npx stagedoor serve',
    why: 'needs a PostgreSQL; npm run test:postgres starts servers on one',
  },
  {
    at: 'postgres',
    text: 'stagedoor copy',
    why: 'needs a PostgreSQL; server/postgres-test/copy.test.ts runs it',
  },
  {
    at: 'deploying',
    text: 'apt-get install',
    why: 'changes the machine; the operator needs what it installs',
  },
  { at: 'contributing', text: 'npm test', why: 'is what CI runs, and what is run by hand' },
  {
    at: 'contributing',
    text: 'apt-get install',
    why: 'changes the machine; npm run test:engines needs what it installs',
  },
]

/** A snippet of the documentation, and whether a walk pasted it or why not. */
export interface Listed extends Copied {
  readonly is: 'pasted' | 'not pasted' | 'nowhere'
  readonly why: string
}

/** Every snippet for a shell that the built documentation has. */
export function listSnippets(copied: readonly Copied[]): readonly Listed[] {
  const file = new URL('../../server/dist/docs/pages.json', import.meta.url)
  const { pages }: { pages: readonly { at: string; markdown: string }[] } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return pages.flatMap(({ at, markdown }) =>
    Array.from(markdown.matchAll(/^```sh\n(.*?)\n```$/gms), ([, text = '']) => listed({ at, text }, copied)),
  )
}

function listed(snippet: Copied, copied: readonly Copied[]): Listed {
  // What was pasted may go on where this snippet ends.
  if (copied.some((each) => `${plain(each.text)}\n`.startsWith(`${plain(snippet.text)}\n`)))
    return { ...snippet, is: 'pasted', why: '' }
  const found = unwalked.find(({ at, text }) => at === snippet.at && snippet.text.includes(text))
  return found === undefined
    ? { ...snippet, is: 'nowhere', why: 'no walk pastes it, and nothing says why' }
    : { ...snippet, is: 'not pasted', why: found.why }
}

/** Without what a server fills in for its reader: its own address, and their key. */
const plain = (text: string): string =>
  text
    .replaceAll(/http:\/\/localhost:\d+/g, 'SERVER')
    .replaceAll(/\b[0-9a-f]{40}\b/g, 'YOUR_API_KEY')
    .trim()
