import { areas } from './areas.mjs'

const name = process.env.MUTATION_AREA ?? ''
const area = areas[name]
if (area === undefined) throw new Error(`MUTATION_AREA is one of ${Object.keys(areas).join(', ')}`)

/** One area a run; see areas.mjs. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'mutation/vitest.config.ts', related: false },
  mutate: process.env.MUTATION_FILES?.split(',') ?? area.mutate,
  // What only words change is no guard: error words, log lines and pages have tests of their own.
  mutator: { excludedMutations: ['StringLiteral', 'ObjectLiteral'] },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  timeoutMS: 20_000,
  // The tests of an area once, on a machine that has other work.
  dryRunTimeoutMinutes: 30,
  // Workspaces are links in node_modules, which would lead out of a copy. What was changed is put back at the end.
  inPlace: true,
  tempDirName: 'test-results/mutation',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: `test-results/mutation-${name}.json` },
  disableTypeChecks: false,
  allowEmpty: false,
}
