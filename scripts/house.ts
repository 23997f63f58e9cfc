/** `npm run check:house`: whether the house is as small and as plain as it is meant to be. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const longestFile = 300
const medianOfSources = 65
const mostRooms = 18
const looseFiles = ['config.ts', 'limits.ts', 'main.ts', 'routes.ts', 'server.ts', 'settings.ts']
const mostLooseSdkFiles = 6
const sdkEntries = [
  'angular.ts',
  'browser.ts',
  'button-script.ts',
  'button.ts',
  'edge.ts',
  'error-codes.ts',
  'native.ts',
  'node.ts',
  'react.ts',
  'script.ts',
  'solid.ts',
  'svelte.ts',
  'testing.ts',
  'vue.ts',
  'webhooks.ts',
  'words.ts',
]
/** What scripts write, or builds put together of one page's rules. */
const generated = ['sdk/src/api/generated.ts']

interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What is wrong with a tree of files, one line each. */
export function faultsOf(files: readonly SourceFile[]): readonly string[] {
  const code = files.filter(({ path }) => /\.tsx?$/.test(path) && !generated.includes(path))
  const lengths = code.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  const tooLong = lengths.filter(({ lines }) => lines > longestFile)
  const ofSources = lengths.filter(({ path }) => path.includes('/src/')).map(({ lines }) => lines)
  const median = ofSources.toSorted((one, other) => one - other)[ofSources.length >> 1] ?? 0
  const loose = (folder: string) =>
    namesIn(folder, code).filter((name) => name.endsWith('.ts') || name.endsWith('.tsx'))
  const rooms = namesIn('server/src/', code).filter((name) => !name.includes('.'))
  const inSdk = loose('sdk/src/').filter((name) => !sdkEntries.includes(name))
  return [
    ...tooLong.map(({ path, lines }) => `${path} has ${lines} lines, more than ${longestFile}`),
    ...(median > medianOfSources
      ? [`the median source file has ${median} lines, more than ${medianOfSources}`]
      : []),
    ...(rooms.length > mostRooms ? [`server/src has ${rooms.length} rooms, more than ${mostRooms}`] : []),
    ...loose('server/src/')
      .filter((name) => !looseFiles.includes(name))
      .map((name) => `server/src/${name} belongs into a room`),
    ...(inSdk.length > mostLooseSdkFiles
      ? [
          `sdk/src has ${inSdk.length} files beside its entries, more than ${mostLooseSdkFiles}: ${inSdk.join(' ')}`,
        ]
      : []),
    ...code.flatMap(importsOfForeignTests),
  ]
}

/** The files and folders that a folder holds. */
const namesIn = (folder: string, files: readonly SourceFile[]): readonly string[] => [
  ...new Set(
    files
      .filter(({ path }) => path.startsWith(folder))
      .map(({ path }) => path.slice(folder.length).split('/')[0] ?? ''),
  ),
]

// What tests of two workspaces share stands in testkit.
const importsOfForeignTests = ({ path, text }: SourceFile): readonly string[] =>
  [...text.matchAll(/from '((?:\.\.\/)+(?:server|sdk|bench|scripts)\/test\/[^']+)'/g)].map(
    ([, target]) => `${path} imports ${target}: put it into testkit`,
  )

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const paths = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  const files = paths
    .split('\n')
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  const faults = faultsOf(files)
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
}
