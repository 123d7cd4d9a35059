import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Exit, Spawn, Supervised, Supervision } from '../../src/process/spawn.ts'
import { supervise } from '../../src/process/supervise.ts'

/** A supervised program with everything a test looks at. */
export interface Trial {
  readonly supervised: Supervised
  readonly mark: string
  readonly directory: string
  readonly lines: string[]
  readonly stdoutFile: string
  readonly stderrFile: string
  /** Its end; asserts that no process that carries its mark is alive then. */
  readonly ended: Promise<Exit>
}

let trials = 0

/** Starts a program in a directory of its own that is removed after the test. */
export function startTrial(
  t: TestContext,
  argv: readonly string[],
  options: Partial<Supervision> & Partial<Pick<Spawn, 'stdin' | 'env' | 'cwd'>> = {},
): Trial {
  const directory = mkdtempSync(join(tmpdir(), 'supervise-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  const { stdin, env, cwd, ...supervision } = options
  const mark = `trial-${process.pid}.${++trials}`
  const lines: string[] = []
  const stdoutFile = join(directory, 'stdout.log')
  const stderrFile = join(directory, 'stderr.log')
  const supervised = supervise(
    {
      argv,
      env: env ?? { PATH: process.env['PATH'] ?? '' },
      cwd: cwd ?? directory,
      ...(stdin !== undefined && { stdin }),
    },
    { mark, stdoutFile, stderrFile, graceMs: 300, limits: {}, onLine: (line) => lines.push(line), ...supervision },
  )
  const ended = supervised.ended.then((exit) => {
    assert.deepEqual(processesMarked(mark), [], 'nothing that carries the mark is alive')
    return exit
  })
  return { supervised, mark, directory, lines, stdoutFile, stderrFile, ended }
}

/** Command lines of living processes whose environment holds the mark; an implementation of its own, so that it proves something. */
export function processesMarked(mark: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readOrEmpty(`/proc/${pid}/environ`).split('\0').includes(`ORCHESTRATOR_MARK=${mark}`))
    .map((pid) => `${pid} ${readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`)
}

/** Asserts that a duration lies between two bounds, in milliseconds. */
export function assertWithin(ms: number, least: number, most: number): void {
  assert.ok(ms >= least && ms <= most, `took ${Math.round(ms)} ms, expected ${least} to ${most}`)
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
