/**
 * `node bench/fan-out.ts [SHARDS] [INSTANCES] [ROUNDS]`: a run over many shards, collected by the command line: wall time and peak memory of the whole process, beside a program that only reads the same
 * journals line by line. The journals are written here as shards of agents leave them. `ORCHESTRATOR=src/cli/main.ts` measures the sources.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunEvent } from '../src/core/event.ts'
import { crc32, sealOf } from '../src/process/checksum.ts'
import { builtinAgents, runtimeFacts } from '../src/agents/registry.ts'
import { digestOf, planOfShard } from '../src/run/shard-plan.ts'
import { compile } from '../src/workflow/compile.ts'
import { cli } from './entry.ts'
import { medians, peakMemory, timeCommand } from './time-command.ts'

const [shards = 200, instances = 50, rounds = 5] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'bench-fan-out-'))
const cells = Array.from({ length: instances }, (_, index) => index)
const names = Array.from({ length: shards }, (_, index) => `package-${index}`)
const file = `name: wide
report: { answer: overview }
instances:
${names.map((name) => `  ${name}: { runtime: ${builtinAgents[0]?.name ?? ''}, prompt: Review., strategy: { fail-fast: false, matrix: { part: [${cells.join(', ')}] } } }`).join('\n')}
  overview: { runtime: ${builtinAgents[0]?.name ?? ''}, prompt: Sum up., needs: [${names.join(', ')}] }
`
const words =
  'The parser accepts a trailing comma where the grammar has none, so that a list that was cut off is read as whole. '

const { plan } = compile('wide.yml', file, { read: () => undefined, runtimes: runtimeFacts() })
const digest = plan === undefined ? '' : digestOf(plan, {})

/** One shard: a group of agents, or, without cells, the command that comes after all. */
function writeFragment(name: string, index: number, cells: readonly number[]): void {
  if (plan === undefined) throw new Error('the file has errors')
  const directory = join(folder, 'parts', name)
  mkdirSync(join(directory, 'logs'), { recursive: true })
  const lines: string[] = []
  let seq = 0
  let at = 1_790_000_000_000 + index * 37
  const add = (event: RunEvent): void => {
    const body = JSON.stringify({ v: 2, seq: seq++, at: (at += 11), ...event }).slice(0, -1)
    lines.push(`${body}${sealOf(crc32(Buffer.from(body)))}\n`)
  }
  const part = { name, attempt: 1, only: [name], digest, taken: [] }
  const runId = index.toString(16).padStart(8, '0')
  const run = { id: runId, name: plan.name, directory, simulated: false }
  const context = { inputs: {}, env: {}, github: {}, runner: {}, run }
  const own = planOfShard(plan, [name])
  if (cells.length > 0) {
    const { instances: all } = own
    if (all.length !== cells.length + 2) throw new Error(`a shard of ${all.length} nodes`)
  }
  add({
    type: 'run.started',
    runId,
    version: '0.1.0',
    simulated: false,
    plan: own,
    context,
    only: null,
    commit: null,
    shard: part,
  })
  add({ type: 'fragments.taken' })
  const end = { result: 'success', outcome: 'success', reason: '', detail: '', outputs: {} } as const
  const gate = own.instances.find((each) => each.kind === 'gate' && each.group === name)
  if (gate !== undefined) add({ type: 'instance.ended', id: gate.id, ...end })
  for (const cell of cells.length === 0 ? [0] : cells) {
    const id = cells.length === 0 ? name : `${name}.${cell}`
    const attempt = { id, attempt: 1 }
    const usage = { input: 1200, cacheRead: 18_000, cacheWrite: 2500, output: 40 * cell, reasoning: 0 }
    const accounting = { usage, costUsd: 0.03, costSource: 'cli', partial: false } as const
    const argv = [
      'claude',
      '-p',
      '--output-format',
      'stream-json',
      '--verbose',
      '--allowedTools',
      'Read,Grep,Glob',
      'Review.',
    ]
    const model = 'claude-sonnet-4-5'
    const envNames = ['HOME', 'PATH', 'LANG', 'TMPDIR', 'ORCHESTRATOR_OUTPUT', 'ANTHROPIC_API_KEY']
    add({
      type: 'attempt.started',
      ...attempt,
      runtime: 'claude',
      model,
      pid: 4711,
      argv,
      envNames,
      cwd: '/home/runner/work/app/app',
    })
    for (const activity of ['Grep: trailing', 'Read: src/parser.ts', 'Read: test/parser.test.ts'])
      add({ type: 'attempt.progress', ...attempt, accounting: { ...accounting, partial: true }, model, activity })
    add({
      type: 'attempt.ended',
      ...attempt,
      failure: null,
      exitCode: 0,
      signal: null,
      durationMs: 41_000 + cell,
      runtime: 'claude',
      model,
      accounting,
      text: words.repeat(10),
      textTruncated: false,
      json: null,
      outputs: {},
      tail: '',
      denials: 0,
      session: `session-${id}`,
      stdoutFile: null,
      stderrFile: null,
      patchFile: null,
    })
    add({ type: 'instance.ended', id, ...end })
  }
  if (gate !== undefined) add({ type: 'instance.ended', id: name, ...end })
  add({ type: 'run.ended', result: 'success', reason: '' })
  writeFileSync(join(directory, 'journal.ndjson'), lines.join(''))
}

const floor = `
const { readFileSync, readdirSync } = require('node:fs')
let count = 0
for (const name of readdirSync('parts')) for (const line of readFileSync('parts/' + name + '/journal.ndjson', 'utf8').split('\\n')) if (line !== '') count += JSON.parse(line).type.length
process.exit(count > 0 ? 0 : 1)`

try {
  writeFileSync(join(folder, 'wide.yml'), file)
  for (const [index, name] of names.entries()) writeFragment(name, index, cells)
  writeFragment('overview', shards, [])
  const bytes = readdirSync(join(folder, 'parts')).reduce(
    (sum, name) => sum + statSync(join(folder, 'parts', name, 'journal.ndjson')).size,
    0,
  )
  let count = 0
  const collecting = (): string[] => [
    cli,
    'collect',
    'wide.yml',
    '--fragments',
    'parts',
    '--run-dir',
    `out/${count++}`,
    '--quiet',
  ]
  const wall = async (argv: readonly string[]): Promise<number> => {
    const { wallMs, code } = await timeCommand([process.execPath, ...argv], { cwd: folder })
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`)
    return wallMs
  }
  const [least = 0, ours = 0] = await medians(rounds, [() => wall(['-e', floor]), () => wall(collecting())])
  const peak = await peakMemory(collecting(), { cwd: folder })
  console.log(`${shards} shards of ${instances} instances, ${(bytes / 1e6).toFixed(0)} MB of journals`)
  console.log(
    `read alone ${least.toFixed(0)} ms, collected ${ours.toFixed(0)} ms: ${(ours / least).toFixed(1)} times as long (limit 5000 ms)`,
  )
  console.log(`peak memory ${(peak / 1e6).toFixed(0)} MB (limit 150 MB)`)
  process.exitCode = ours <= 5000 && peak <= 150e6 ? 0 : 1
} finally {
  if (process.env['KEEP'] === undefined) rmSync(folder, { recursive: true, force: true })
  else console.log(folder)
}
