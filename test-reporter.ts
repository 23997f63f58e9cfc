import type { TestModule } from 'vitest/node'

/** Prints the run's total as its last line: `N passed, N failed`. */
export class TotalReporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      if (module.state() === 'failed' && module.children.size === 0) failed += 1
      for (const test of module.children.allTests()) {
        if (test.result().state === 'passed') passed += 1
        else failed += 1
      }
    }
    console.log(`\n${passed} passed, ${failed} failed`)
  }
}
