/**
 * What supervision adds to starting a process: 1,000 × /bin/true, 8 at a time, `supervise` against a bare `spawn` loop with two pipes, in
 * interleaved rounds. Prints one JSON line with the medians, the ratio and the milliseconds added per instance.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRedactor } from '../src/journal/redactor.ts'
import { supervise } from '../src/process/supervise.ts'

const count = Number(process.argv[2] ?? 1000)
const rounds = Number(process.argv[3] ?? 5)
const parallel = 8
const directory = mkdtempSync(join(tmpdir(), 'bench-spawn-'))
const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
const redactor = createRedactor(['hunter2hunter2', 'a-token-of-some-length'])

function bare(): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn('/bin/true', [], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', () => {})
    child.stderr.on('data', () => {})
    child.on('close', () => resolve())
  })
}

let next = 0
async function supervised(): Promise<void> {
  const id = next++
  const { ended } = supervise(
    { argv: ['/bin/true'], env, cwd: directory },
    {
      mark: `bench.${id}`,
      stdoutFile: join(directory, `${id}.stdout.log`),
      stderrFile: join(directory, `${id}.stderr.log`),
      graceMs: 5000,
      timeoutMs: 600_000,
      limits: {},
      redact: () => redactor.stream(),
    },
  )
  const exit = await ended
  if (exit.code !== 0) throw new Error(`/bin/true ended with ${JSON.stringify(exit)}`)
}

async function time(one: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  let left = count
  const worker = async (): Promise<void> => {
    while (left-- > 0) await one()
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  return performance.now() - startedAt
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
const floor: number[] = []
const ours: number[] = []
await time(bare)
await time(supervised)
for (let round = 0; round < rounds; round++) {
  floor.push(await time(bare))
  ours.push(await time(supervised))
}
rmSync(directory, { recursive: true })
console.log(
  JSON.stringify({
    bench: 'spawn',
    count,
    parallel,
    bareMs: Math.round(median(floor)),
    supervisedMs: Math.round(median(ours)),
    ratio: Number((median(ours) / median(floor)).toFixed(3)),
    addedMsPerInstance: Number(((median(ours) - median(floor)) / count).toFixed(3)),
  }),
)
