import { runtimeFacts } from '../../agents/registry.ts'
import { closestName } from '../../core/closest-name.ts'
import { defaultRuntime } from '../../core/runtime.ts'
import { plainText } from '../../core/plain-text.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { compileOnce, type OnceRequest } from './once-plan.ts'
import { quoted } from '../parse-arguments.ts'
import { shownText } from '../../report/report-model.ts'
import { readSimulation } from '../read-simulation.ts'
import { runPlan } from '../run-plan.ts'
import { showDiagnostics } from '../show-diagnostics.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Refusal } from '../../core/refusal.ts'

/** What `orchestrator once` does. */
export async function runOnce(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const request = readRequest(line)
  if ('mistake' in request) return refuse(around, { hint: 'orchestrator once --help', ...request })
  const { plan, diagnostics, sources } = compileOnce(request, runtimeFacts())
  await showDiagnostics(diagnostics, sources, around)
  if (plan === undefined) return 2
  const simulation = await readSimulation(line, around)
  if (simulation === null) return 2
  if (line.has('dry-run')) return (await import('../dry-run.ts')).showDryRun(plan, null, around)
  const json = line.has('json')
  return runPlan(
    {
      plan,
      inputs: {},
      only: null,
      maxParallel: undefined,
      workspace: around.cwd,
      runDirectory: line.value('run-dir'),
      record: line.value('record'),
      simulation,
      quiet: line.has('quiet'),
      verbose: line.has('verbose'),
      json,
      progressToErr: true,
      conclude({ state }) {
        const ended = state.instances.get('once')?.attempts.at(-1)?.ended
        const text = ended === undefined ? '' : shownText(ended, state)
        if (json || text === '') return
        const shown = around.out.interactive ? plainText(text) : text
        around.out.write(shown.endsWith('\n') ? shown : `${shown}\n`)
      },
    },
    around,
  )
}

function readRequest(line: CommandLine): OnceRequest | Refusal {
  const { operands, rest } = line
  const prompt = operands[0]
  if (rest !== null && prompt !== undefined) return { mistake: 'either a PROMPT or -- COMMAND…, not both' }
  if (rest !== null && rest.length === 0) return { mistake: 'no command after --' }
  if (rest === null && (prompt === undefined || prompt.trim() === '')) return { mistake: 'no PROMPT was given' }
  const maxTurns = readNumber(line, 'max-turns', true)
  const minutes = readNumber(line, 'timeout-minutes', false)
  if (typeof maxTurns === 'object') return maxTurns
  if (typeof minutes === 'object') return minutes
  const facts = runtimeFacts()
  const runtime = line.value('runtime') ?? defaultRuntime(facts, rest === null ? 'agent' : 'command')?.name ?? ''
  const found = facts.get(runtime)
  if (found === undefined) {
    const meant = closestName(runtime, facts.keys())
    return {
      mistake: `there is no runtime ${quoted(runtime)}`,
      hint: meant === undefined ? `runtimes are ${[...facts.keys()].join(', ')}` : `did you mean ${meant}?`,
    }
  }
  if (!found.available) return { mistake: `this version cannot run ${runtime}` }
  if (rest === null && found.kind === 'command')
    return { mistake: `${runtime} answers no prompt`, hint: 'to run a command: orchestrator once -- COMMAND…' }
  const keys = { model: 'model', 'max-turns': 'max-turns', 'allowed-tools': 'allowed-tools' } as const
  for (const key of Object.values(keys))
    if (line.has(key) && !found.supports.has(key)) return { mistake: `${runtime} has no --${key}` }
  return {
    work: rest === null ? { prompt: prompt ?? '' } : { command: rest },
    runtime,
    model: line.value('model'),
    maxTurns,
    allowedTools: line.values('allowed-tools'),
    minutes,
  }
}

function readNumber(line: CommandLine, option: string, whole: boolean): number | undefined | Refusal {
  const text = line.value(option)
  if (text === undefined) return undefined
  const value = Number(text)
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value
  return {
    mistake: `--${option} must be a ${whole ? 'whole number of 1 or more' : 'number above 0'}, not ${quoted(text)}`,
  }
}
