import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { measureActionStart } from './action-start.ts'
import { measureDeciding } from './decide.ts'
import { measureExpansion, measureGrowth } from './growth.ts'
import { chainPlan, layeredPlan, randomPlan, widePlan } from './plans.ts'
import { medians, peakMemory, timeCommand } from './time-command.ts'

/** What a benchmark found, in words, and whether it is within its promise. */
export interface Finding {
  readonly lines: readonly string[]
  readonly within: boolean
}

/** One figure with its floor. */
export interface Benchmark {
  readonly name: string
  readonly title: string
  measure(): Promise<Finding>
}

const cli = resolve(import.meta.dirname, '../dist/cli/index.js')
const node = process.execPath
const floorSpawn = join(import.meta.dirname, 'floor-spawn.mjs')
const ms = (value: number): string => `${value.toFixed(1)} ms`
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

/** What `node -e 0` takes on the machine that limits in milliseconds were set on (19 to 23 ms there). */
const referenceStartMs = 22

/** How much slower than that machine this one is now, by the same command: limits in milliseconds grow with it, and shrink. Measured once. */
let slowness: Promise<number> | undefined
function measureSlowness(): Promise<number> {
  slowness ??= medians(15, [() => wall([node, '-e', '0'])]).then(([start = 0]) => start / referenceStartMs)
  return slowness
}

/** Every promised figure, in the order of `docs/benchmarks.md`. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'start',
    title: 'run of one /bin/true, whole process, over `node -e 0` (limit + 35 ms where that takes 22)',
    measure: () =>
      inFolder(async (folder) => {
        writeFileSync(join(folder, 'one.yml'), widePlan(1))
        const [floor = 0, ours = 0] = await medians(21, [
          () => wall([node, '-e', '0'], folder),
          () => wall([node, cli, 'run', 'one.yml', '--quiet'], folder),
        ])
        return added(floor, ours, 35)
      }),
  },
  {
    name: 'action-start',
    title:
      'action entry, start to first instance started, over a Node that becomes `node -e 0` (limit + 60 ms where one takes 22)',
    measure: async () => {
      const twice = 'process.execve(process.execPath, [process.execPath, "-e", "0"], process.env)'
      const [floor = 0, ours = 0] = await medians(11, [() => wall([node, '-e', twice]), measureActionStart])
      return added(floor, ours, 60)
    },
  },
  perInstance('wide', '1,000 × /bin/true, 8 at a time', widePlan(1000), 1000),
  perInstance('chain', 'a chain of 500', chainPlan(500), 500, 1),
  perInstance('layers', '20 layers of 25 fully joined, 11,875 edges', layeredPlan(20, 25), 500),
  {
    name: 'stream',
    title: '200 MB of 500-byte lines, logged and scanned for usage, over `cat` to a file (limit 5 ×, 90 MB)',
    measure: () => inFolder(measureStream),
  },
  {
    name: 'check',
    title: '`check` of 10,000 instances and 30,000 edges, over `parseDocument` alone (limit 1.6 ×, 300 MB)',
    measure: () =>
      inFolder(async (folder) => {
        writeFileSync(join(folder, 'large.yml'), randomPlan(10_000, 3))
        const parse = `import('${resolve(import.meta.dirname, '../node_modules/yaml/dist/index.js')}').then(({default:y})=>y.parseDocument(require('node:fs').readFileSync('large.yml','utf8')))`
        const [floor = 0, ours = 0] = await medians(5, [
          () => wall([node, '-e', parse], folder),
          () => wall([node, cli, 'check', 'large.yml'], folder),
        ])
        const peak = await peakMemory([cli, 'check', 'large.yml'], { cwd: folder })
        return finding(
          [`floor ${ms(floor)}, ours ${ms(ours)}, ratio ${(ours / floor).toFixed(2)}, peak ${megabytes(peak)}`],
          ours / floor <= 1.6 && peak <= 300e6,
        )
      }),
  },
  large('huge', '10,000 × /bin/true wide', widePlan(10_000)),
  large('edges', '10,000 × /bin/true with 20,000 edges', randomPlan(10_000, 2)),
  {
    name: 'decide',
    title: 'the engine alone, per instance (limit 0.1 ms), and 16,000 instances over 2,000 (limit 4 ×)',
    measure: async () => {
      const { each, growth } = await measureDeciding()
      const lines = Object.entries(each).map(([shape, cost]) => `${shape} ${cost.toFixed(4)} ms an instance`)
      const within = Object.values(each).every((cost) => cost <= 0.1) && growth <= 4
      return finding([...lines, `16,000 over 2,000: ${growth.toFixed(2)} × an instance`], within)
    },
  },
  {
    name: 'growth',
    title:
      'eight times the input (in proportion 8 ×, squared 64 ×, limit 40 ×); a dynamic matrix of 5,000 cells (limit 200 ms)',
    measure: async () => {
      const [growth, expansion] = [await measureGrowth(), await measureExpansion()]
      const lines = Object.entries(growth).map(([name, ratio]) => `${name} ${ratio.toFixed(1)} ×`)
      const within = Object.values(growth).every((ratio) => ratio <= 40) && expansion <= 200
      return finding([...lines, `5,000 cells ${ms(expansion)}`], within)
    },
  },
]

function perInstance(name: string, title: string, plan: string, count: number, parallel = 8): Benchmark {
  return {
    name,
    title: `${title}: added per instance over a bare spawn loop (limit + 0.35 ms where \`node -e 0\` takes 22)`,
    measure: () =>
      inFolder(async (folder) => {
        writeFileSync(join(folder, 'plan.yml'), plan)
        const [floor = 0, ours = 0] = await medians(5, [
          () => wall([node, floorSpawn, String(count), String(parallel)], folder),
          () => wall([node, cli, 'run', 'plan.yml', '--quiet', '--max-parallel', '8'], folder),
        ])
        return added(floor, ours, 0.35, count)
      }),
  }
}

function large(name: string, title: string, plan: string): Benchmark {
  return {
    name,
    title: `${title}, added per instance (limit + 0.35 ms where \`node -e 0\` takes 22) and peak memory (120 MB)`,
    measure: () =>
      inFolder(async (folder) => {
        writeFileSync(join(folder, 'plan.yml'), plan)
        const [floor = 0, ours = 0] = await medians(1, [
          () => wall([node, floorSpawn, '10000', '8'], folder),
          () => wall([node, cli, 'run', 'plan.yml', '--quiet', '--max-parallel', '8'], folder),
        ])
        const peak = await peakMemory([cli, 'run', 'plan.yml', '--quiet', '--max-parallel', '8'], { cwd: folder })
        const { lines, within } = await added(floor, ours, 0.35, 10_000)
        return finding([...lines, `peak ${megabytes(peak)}`], within && peak <= 120e6)
      }),
  }
}

/**
 * An agent's stream: a `claude` on the PATH that prints a prepared file, mostly lines of no interest, one in fifty an answer
 * with usage, and the result at the end. The real adapter reads it.
 */
async function measureStream(folder: string): Promise<Finding> {
  const input = join(folder, 'stream.ndjson')
  await writeStream(input, 200e6)
  writeFileSync(join(folder, 'claude'), `#!/bin/sh\ncat > /dev/null\nexec cat ${input}\n`, { mode: 0o755 })
  writeFileSync(join(folder, 'stream.yml'), 'name: stream\ninstances:\n  agent:\n    prompt: Go.\n')
  const run = [cli, 'run', 'stream.yml', '--quiet', '--run-dir', join(folder, 'run')]
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, ANTHROPIC_API_KEY: 'none-needed-here' }
  const fresh = (): void => rmSync(join(folder, 'run'), { recursive: true, force: true })
  const [floor = 0, ours = 0] = await medians(3, [
    () => wall(['/bin/sh', '-c', `cat ${input} > ${folder}/copy`], folder),
    () => {
      fresh()
      return wall([node, ...run], folder, env)
    },
  ])
  fresh()
  const peak = await peakMemory(run, { cwd: folder, env })
  return finding(
    [`floor ${ms(floor)}, ours ${ms(ours)}, ratio ${(ours / floor).toFixed(2)}, peak ${megabytes(peak)}`],
    ours / floor <= 5 && peak <= 90e6,
  )
}

async function writeStream(path: string, bytes: number): Promise<void> {
  const out = createWriteStream(path)
  const filler = `{"type":"stream_event","event":{"type":"content_block_delta"},"text":"${'x'.repeat(425)}"}\n`
  const usage = '{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2}'
  let messages = 0
  const answer = (): string =>
    `{"type":"assistant","message":{"id":"m${messages++}","model":"m","content":[{"type":"text","text":"${'y'.repeat(280)}"}],"usage":${usage}}}\n`
  const fillers = filler.repeat(49)
  for (let written = 0; written < bytes; written += 50 * 500)
    if (!out.write(fillers + answer())) await once(out, 'drain')
  const total = `{"m":{"inputTokens":${10 * messages},"outputTokens":${2 * messages},"cacheReadInputTokens":0,"cacheCreationInputTokens":0,"costUSD":1,"costBasis":"list"}}`
  out.end(
    `{"type":"result","subtype":"success","is_error":false,"result":"done","modelUsage":${total},"model_usage_since_last_result":${total},"permission_denials":[]}\n`,
  )
  await finished(out)
}

async function wall(argv: readonly string[], cwd?: string, env = process.env): Promise<number> {
  const { wallMs, code } = await timeCommand(argv, { ...(cwd !== undefined && { cwd }), env })
  if (code !== 0) throw new Error(`${argv.join(' ')} exited ${code}`)
  return wallMs
}

/** What a run added to its floor, for each instance where there are several, beside what it may on this machine. */
async function added(floor: number, ours: number, limitMs: number, instances?: number): Promise<Finding> {
  const each = (ours - floor) / (instances ?? 1)
  const limit = limitMs * (await measureSlowness())
  const figure = (value: number): string => (instances === undefined ? ms(value) : `${value.toFixed(3)} ms an instance`)
  return finding(
    [
      `floor ${ms(floor)}, ours ${ms(ours)}, ${(ours / floor).toFixed(2)} ×`,
      `added ${figure(each)}, limit here ${figure(limit)}`,
    ],
    each <= limit,
  )
}

function finding(lines: readonly string[], within: boolean): Finding {
  return { lines, within }
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
