/** Runs test files, with a process warning a failure: `node scripts/test.ts PATTERN...`. As many at once as there are cores, where Node leaves one idle. */
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    './test/fail-on-warning.ts',
    '--test',
    `--test-concurrency=${availableParallelism()}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
process.exitCode = status ?? 1
