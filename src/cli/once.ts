import { plainText } from '../report/plain-text.ts'
import { closestName } from '../expression/closest-name.ts'
import type { Command, CommandLine } from './command.ts'
import { complain } from './complain.ts'
import type { ExitCode } from './exit-code.ts'
import { quoted, type UsageMistake } from './parse-arguments.ts'
import { readSimulation } from './read-simulation.ts'
import type { OnceRequest } from './once-plan.ts'
import { runOptions } from './run.ts'
import { runPlan } from './run-plan.ts'
import type { Surroundings } from './surroundings.ts'

/** `orchestrator once PROMPT` and `orchestrator once -- COMMAND…`. */
export const onceCommand: Command = {
  name: 'once',
  about: 'run one prompt or one command, supervised, accounted for and reported like any run',
  usage: ['[OPTIONS] PROMPT', '[OPTIONS] -- COMMAND…'],
  maxOperands: 1,
  options: {
    runtime: { value: 'NAME', short: 'r', about: 'the agent that answers the prompt; default claude' },
    model: { value: 'MODEL', short: 'm', about: 'the model it uses' },
    'max-turns': { value: 'N', about: 'at most N turns' },
    'allowed-tools': { value: 'TOOL', repeatable: true, about: 'a tool it may use' },
    'timeout-minutes': { value: 'N', about: 'end it after N minutes' },
    ...runOptions,
  },
  notes: ['The answer goes to standard output, progress to standard error.'],
  examples: [
    ['orchestrator once "Explain this repository"', ''],
    ['orchestrator once --runtime codex "Fix the failing test"', 'with another agent'],
    ['orchestrator once --timeout-minutes 5 -- npm test', 'a command'],
  ],
  run: runOnce,
}

async function runOnce(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const request = await readRequest(line)
  if ('mistake' in request) {
    complain(around, { hint: 'orchestrator once --help', ...request })
    return 2
  }
  const simulation = await readSimulation(line, around)
  if (simulation === null) return 2
  const { buildOncePlan } = await import('./once-plan.ts')
  const json = line.has('json')
  return runPlan(
    {
      plan: buildOncePlan(request),
      inputs: {},
      only: null,
      maxParallel: undefined,
      runDirectory: line.value('run-dir'),
      simulation,
      quiet: line.has('quiet'),
      json,
      progressToErr: true,
      conclude({ state }) {
        const text = state.instances.get('once')?.attempts.at(-1)?.ended?.text ?? ''
        if (json || text === '') return
        const shown = around.out.interactive ? plainText(text) : text
        around.out.write(shown.endsWith('\n') ? shown : `${shown}\n`)
      },
    },
    around,
  )
}

async function readRequest(line: CommandLine): Promise<OnceRequest | UsageMistake> {
  const { operands, rest } = line
  const prompt = operands[0]
  if (rest !== null && prompt !== undefined) return { mistake: 'either a PROMPT or -- COMMAND…, not both' }
  if (rest !== null && rest.length === 0) return { mistake: 'no command stands after --' }
  if (rest === null && (prompt === undefined || prompt.trim() === '')) return { mistake: 'there is no PROMPT' }
  const maxTurns = readNumber(line, 'max-turns', true)
  const minutes = readNumber(line, 'timeout-minutes', false)
  if (typeof maxTurns === 'object') return maxTurns
  if (typeof minutes === 'object') return minutes
  const { runtimeFacts } = await import('../agents/registry.ts')
  const facts = runtimeFacts()
  const runtime = line.value('runtime') ?? (rest === null ? 'claude' : 'shell')
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
    isAgent: found.kind === 'agent',
    model: line.value('model'),
    maxTurns,
    allowedTools: line.values('allowed-tools'),
    timeoutMs: minutes === undefined ? undefined : minutes * 60_000,
  }
}

function readNumber(line: CommandLine, option: string, whole: boolean): number | undefined | UsageMistake {
  const text = line.value(option)
  if (text === undefined) return undefined
  const value = Number(text)
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value
  return { mistake: `--${option} wants a ${whole ? 'whole number from 1' : 'number above 0'}, not ${quoted(text)}` }
}
