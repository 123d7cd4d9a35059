import { join } from 'node:path'
import type { Refusal } from '../../core/refusal.ts'
import { runtimeFacts } from '../../agents/registry.ts'
import { readOutput } from '../../agents/custom/read-output.ts'
import { closestName } from '../../core/closest-name.ts'
import { type CustomRuntime, customSupports } from '../../core/custom-runtime.ts'
import { detailOf, reasonOf } from '../../core/failure.ts'
import type { Plan } from '../../core/plan.ts'
import { plainText } from '../../core/plain-text.ts'
import type { RuntimeFacts } from '../../core/runtime.ts'
import type { Accounting } from '../../core/usage.ts'
import { createStyle } from '../../report/style.ts'
import type { RunOutcome } from '../../run/execute-run.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { expandCommandLines } from '../plan/command-lines.ts'
import { compileOnce } from '../once/once-plan.ts'
import { quoted } from '../parse-arguments.ts'
import { readSimulation } from '../read-simulation.ts'
import { runPlan } from '../run-plan.ts'
import { showDiagnostics } from '../show-diagnostics.ts'
import type { Surroundings } from '../surroundings.ts'
import { readTextFile } from '../../process/read-regular-file.ts'

const defaultPrompt = 'Answer with the one word: ready'

/** What one prompt through a runtime came to, as we understood it. */
interface Understood {
  readonly runtime: string
  /** The command line, with paths of the attempt's own directory as `$TMPDIR`. */
  readonly command: string
  /** `success`, or why not. */
  readonly result: string
  readonly detail: string
  readonly text: string
  readonly usage: Accounting['usage']
  readonly costUsd: number | null
  readonly partial: boolean
  /** Null where nobody says which tools it called. */
  readonly tools: readonly string[] | null
  /** What of the definition could not be applied. */
  readonly problems: readonly string[]
  /** Where its standard output is; null where it was not started. */
  readonly log: string | null
}

/** `orchestrator runtimes test NAME [FILE]`. */
export async function testRuntime(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const [, name, file] = line.operands
  if (name === undefined)
    return refuse(around, { mistake: 'no NAME was given', hint: 'orchestrator runtimes test NAME' })
  const declared = await declaredRuntimes(name, file, around)
  if (declared === undefined) return 2
  const facts = factsOf(declared)
  const found = facts.get(name)
  if (found?.kind !== 'agent' || !found.available) return refuse(around, unknown(name, facts))
  const model = line.value('model')
  if (model !== undefined && !found.supports.has('model'))
    return refuse(around, { mistake: `${name} has no --model`, hint: 'put `{model}` into its `command`' })
  const simulation = await readSimulation(line, around)
  if (simulation === null) return 2
  const { plan, diagnostics, sources } = compileOnce(
    {
      work: { prompt: line.value('prompt') ?? defaultPrompt },
      runtime: name,
      model,
      maxTurns: undefined,
      allowedTools: [],
      minutes: undefined,
    },
    facts,
  )
  await showDiagnostics(diagnostics, sources, around)
  if (plan === undefined) return 2
  const asked = { ...plan, runtimes: declared }
  const command = (await expandCommandLines(asked, around)).get('once') ?? ''
  return runPlan(
    {
      plan: asked,
      inputs: {},
      only: null,
      maxParallel: undefined,
      workspace: around.cwd,
      runDirectory: undefined,
      simulation,
      quiet: true,
      verbose: false,
      json: false,
      progressToErr: true,
      conclude: (outcome) => show(understand(name, declared[name], command, outcome), line, around),
    },
    around,
  )
}

/** What the file declares; a built-in runtime needs none. Undefined when it is wrong, which was said. */
async function declaredRuntimes(
  name: string,
  file: string | undefined,
  around: Surroundings,
): Promise<Plan['runtimes'] | undefined> {
  const isBuiltin = runtimeFacts().get(name)?.available === true
  const path = chooseFile(file, around)
  if (typeof path === 'string') return (await compileOrComplain(path, around))?.plan?.runtimes
  if (isBuiltin) return {}
  complain(around, path)
  return undefined
}

function factsOf(declared: Plan['runtimes']): Map<string, RuntimeFacts> {
  const own = Object.entries(declared).map(([name, runtime]): [string, RuntimeFacts] => [
    name,
    {
      name,
      kind: 'agent',
      supports: customSupports(runtime),
      safety: new Set(Object.keys(runtime.safety)),
      available: true,
    },
  ])
  return new Map([...runtimeFacts(), ...own])
}

function unknown(name: string, facts: ReadonlyMap<string, RuntimeFacts>): Refusal {
  const agents = [...facts.values()].filter(({ kind, available }) => kind === 'agent' && available)
  const names = agents.map((agent) => agent.name)
  const near = closestName(name, names)
  return {
    mistake: `there is no agent runtime ${quoted(name)}`,
    hint:
      near === undefined
        ? `runtimes are ${names.join(', ')}; others are declared under \`runtimes:\``
        : `did you mean ${near}?`,
  }
}

function understand(
  runtime: string,
  definition: CustomRuntime | undefined,
  command: string,
  outcome: RunOutcome,
): Understood | undefined {
  const ended = outcome.state.instances.get('once')?.attempts.at(-1)?.ended
  if (ended === undefined) return undefined
  const { failure, text, accounting, stdoutFile } = ended
  const log = stdoutFile === null ? null : join(outcome.directory.path, stdoutFile)
  const reading = definition && log !== null ? readOutput(readTextFile(log, Infinity), definition.parse) : undefined
  return {
    runtime,
    command,
    result: failure === null ? 'success' : reasonOf(failure),
    detail: failure === null ? '' : detailOf(failure),
    text,
    usage: accounting.usage,
    costUsd: accounting.costUsd,
    partial: accounting.partial,
    tools: definition?.parse.tools === undefined ? null : (reading?.tools ?? []),
    problems: reading?.problems ?? [],
    log,
  }
}

function show(understood: Understood | undefined, line: CommandLine, around: Surroundings): void {
  if (understood === undefined) return
  if (line.has('json')) {
    around.out.write(`${JSON.stringify(understood, null, 2)}\n`)
    return
  }
  const style = createStyle(around.out.colour)
  const { result, detail, usage, costUsd, partial, tools, problems } = understood
  const isFine = result === 'success'
  const rows: [string, string][] = [
    ['runtime', understood.runtime],
    ['command', understood.command],
    ['result', `${isFine ? style.green(result) : style.red(result)}${detail === '' ? '' : `: ${detail}`}`],
    ['answer', understood.text.trim() === '' ? style.dim('none') : plainText(understood.text.trim())],
    ['tokens', usage === null ? 'unknown' : `${partial ? 'at least ' : ''}${tokensOf(usage)}`],
    ['cost', costUsd === null ? 'unknown' : `$${costUsd}`],
    ['tools', tools === null ? 'unknown' : tools.length === 0 ? 'none' : `${tools.length}: ${tools.join(', ')}`],
    ...problems.map((problem): [string, string] => ['problem', style.red(problem)]),
    ['output', understood.log ?? 'none'],
  ]
  const text = rows.map(
    ([title, value]) => `${style.bold(title.padEnd(9))}${value.replaceAll('\n', `\n${' '.repeat(9)}`)}`,
  )
  around.out.write(`${text.join('\n')}\n`)
}

function tokensOf({ input, cacheRead, cacheWrite, output, reasoning }: NonNullable<Accounting['usage']>): string {
  const parts = { input, 'cache read': cacheRead, 'cache write': cacheWrite, output, reasoning }
  return Object.entries(parts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}
