import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cli, root } from './entry.ts'

/** One request to the model server; one that was refused got no tokens. */
export interface Served {
  readonly instance: string
  readonly tokens: number
}

/** What a run of real CLIs against the simulated model left behind. */
export interface SimulatedRun {
  readonly code: number | null
  readonly wallMs: number
  readonly events: readonly Record<string, unknown>[]
  readonly served: readonly Served[]
}

/** Runs a plan of agents with the built command line, the real CLIs of `node_modules` and rules of the simulated model. */
export async function runSimulated(
  plan: string,
  rules: string,
  options: readonly string[] = [],
): Promise<SimulatedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-agents-'))
  try {
    writeFileSync(join(folder, 'plan.yml'), plan)
    writeFileSync(join(folder, 'rules.yml'), rules)
    const run = join(folder, 'run')
    const from = performance.now()
    const child = spawn(
      process.execPath,
      [cli, 'run', 'plan.yml', '--quiet', '--simulate', 'rules.yml', '--run-dir', run, ...options],
      {
        cwd: folder,
        env: { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`, HOME: folder, LANG: 'C.UTF-8' },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    await once(child, 'close')
    const wallMs = performance.now() - from
    return {
      code: child.exitCode,
      wallMs,
      events: readLines(join(run, 'journal.ndjson')),
      served: readServed(join(run, 'simulation.ndjson')),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function readLines(path: string): Record<string, unknown>[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  return lines.filter((line) => line !== '').map((line): Record<string, unknown> => JSON.parse(line))
}

/** The ledger of a model server. */
export function readServed(path: string): Served[] {
  return readLines(path).map(({ instance, usage }) => ({
    instance: String(instance),
    tokens: Object.values(usage as Record<string, number>).reduce((sum, tokens) => sum + tokens, 0),
  }))
}
