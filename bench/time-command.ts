import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One finished run of a command: wall milliseconds from before the spawn to its end. */
export interface Timing {
  readonly wallMs: number
  readonly code: number | null
}

/** Runs a command to its end, its output dropped. */
export function timeCommand(
  argv: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Timing> {
  const [program = '', ...args] = argv
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', (code) => resolve({ wallMs: performance.now() - startedAt, code }))
  })
}

/** Peak resident memory, in bytes, of one run of a Node program (its own process alone, told by itself as it exits). */
export async function peakMemory(
  argv: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peak-'))
  const file = join(folder, 'peak')
  const preload = join(import.meta.dirname, 'tell-peak.mjs')
  await timeCommand([process.execPath, '--import', preload, ...argv], {
    ...options,
    env: { ...(options.env ?? process.env), BENCH_PEAK_FILE: file },
  })
  const peak = Number(readFileSync(file, 'utf8'))
  rmSync(folder, { recursive: true })
  return peak
}

/** Times commands in turn, A B A B …, so that drift of the machine hits all alike; medians in the order given. */
export async function medians(rounds: number, commands: readonly (() => Promise<number>)[]): Promise<number[]> {
  const all: number[][] = commands.map(() => [])
  for (const command of commands) await command()
  for (let round = 0; round < rounds; round++)
    for (const [index, command] of commands.entries()) all[index]?.push(await command())
  return all.map((values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN)
}
