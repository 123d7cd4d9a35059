import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inFolder, journalOf, orchestrator, processesOf } from './command.ts'

const canMount = process.platform === 'linux' && process.getuid?.() === 0

/** One that fills the disk, one that waits meanwhile, one that comes after both whatever became of them. */
const file = `
name: full
defaults: { retry: { attempts: 3, on: [crash, failure], backoff: 1ms } }
instances:
  logs: { run: yes "a line of a log that nobody will read" }
  quiet: { run: sleep 1 }
  after: { needs: [{ instance: logs, when: always }, { instance: quiet, when: always }], run: echo after }
`

describe(
  'a run directory on a full disk',
  { skip: canMount ? false : 'needs root on Linux to mount a small tmpfs' },
  () => {
    for (const kibibytes of [16, 256, 2048])
      it(`ends the run with a clear failure and no half report (${kibibytes} KiB)`, () =>
        inFolder({ 'plan.yml': file }, async (folder) => {
          const disk = join(folder, 'disk')
          mkdirSync(disk)
          execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'none', disk])
          try {
            const run = join(disk, 'run')
            const from = performance.now()
            const { code, stderr } = await orchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder)
            assert.ok(performance.now() - from < 10_000, 'no hang')
            assert.equal(code, 1)
            assert.match(stderr, /ENOSPC|no space left/i)
            const events = journalOf(run)
            assert.deepEqual(processesOf(String(events[0]?.['runId'])), [])
            const ends = events.filter(({ type, id }) => type === 'attempt.ended' && id === 'logs')
            assert.ok(ends.length <= 1, 'a full disk is not tried again')
            if (existsSync(join(run, 'run.json'))) JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'))
            assert.deepEqual(
              readdirSync(run).filter((name) => name.endsWith('.tmp') || name.endsWith('.lock')),
              [],
            )
          } finally {
            execFileSync('umount', ['-l', disk])
          }
        }))
  },
)
