import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { builtinAgents } from '../agents/registry.ts'
import type { Instance, ProcessInstance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { runProgram } from '../process/run-program.ts'
import { findProgram } from './find-program.ts'
import { probeRuntimes } from './probe-runtimes.ts'
import type { Surroundings } from './surroundings.ts'

/** One thing a plan needs. `uncertain`: it may lack, which shows only at run time. */
export interface Finding {
  readonly kind: 'program' | 'key' | 'secret' | 'file' | 'git' | 'version'
  readonly state: 'fine' | 'lacking' | 'uncertain'
  readonly what: string
  readonly detail: string
  readonly fix?: string
  /** Labels of the instances that need it. */
  readonly wantedBy: readonly string[]
}

/** Where a logged-in CLI keeps its credentials, below the home directory, and how one logs in. */
const logins: Readonly<Record<string, { files: readonly string[]; keys: readonly string[]; login: string }>> = {
  claude: {
    files: ['.claude/.credentials.json', '.claude.json'],
    keys: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN', 'ANTHROPIC_AUTH_TOKEN'],
    login: 'claude setup-token',
  },
  codex: { files: ['.codex/auth.json'], keys: ['OPENAI_API_KEY', 'CODEX_API_KEY'], login: 'codex login' },
}

/** What can be installed with npm when it is not there. */
const packages: Readonly<Record<string, string>> = { claude: '@anthropic-ai/claude-code', codex: '@openai/codex' }

/** Everything a plan needs, in the order programs, keys, secrets, files, git. */
export async function examinePlan(
  plan: Plan,
  options: { readonly simulated: boolean },
  around: Surroundings,
): Promise<Finding[]> {
  const processes = plan.instances.flatMap(processesOf)
  const byRuntime = groupBy(processes, runtimesOf)
  return [
    ...(await examineRuntimes(byRuntime, around)),
    ...examineCommands(processes, around),
    ...(options.simulated ? [] : examineKeys(byRuntime, around)),
    ...examineSecrets(processes, around),
    ...examineFiles(processes, around),
    ...(await examineGit(processes, around)),
    ...examineUnsupported(processes),
  ]
}

async function examineRuntimes(wanted: ReadonlyMap<string, string[]>, around: Surroundings): Promise<Finding[]> {
  const probed = await probeRuntimes(around, new Set(wanted.keys()))
  return [...wanted].map(([name, wantedBy]) => {
    const runtime = probed.find((candidate) => candidate.name === name)
    const common = { kind: 'program', what: name, wantedBy } as const
    if (runtime === undefined)
      return { ...common, state: 'uncertain', detail: 'declared in the file, cannot be checked' }
    if (!runtime.available) return { ...common, state: 'lacking', detail: 'this version has no adapter for it' }
    if (runtime.path !== null)
      return { ...common, state: 'fine', detail: `${runtime.version ?? 'found'} (${runtime.path})` }
    const install = packages[name]
    return {
      ...common,
      state: 'lacking',
      detail: `${runtime.program ?? name} is not on the PATH`,
      fix: install === undefined ? `install ${runtime.program ?? name}` : `npm install -g ${install}`,
    }
  })
}

function examineCommands(processes: readonly ProcessInstance[], around: Surroundings): Finding[] {
  const programs = groupBy(processes, ({ process: { action, runtime } }) => {
    const program = action.kind === 'argv' && runtime === 'shell' ? action.argv[0] : undefined
    return program === undefined || program.includes('${{') ? [] : [program]
  })
  return [...programs].map(([program, wantedBy]) => {
    const path = findProgram(program, around)
    const common = { kind: 'program', what: program, wantedBy } as const
    if (path !== undefined) return { ...common, state: 'fine', detail: path }
    return { ...common, state: 'lacking', detail: 'there is no such program', fix: 'install it, or correct `command`' }
  })
}

function examineKeys(byRuntime: ReadonlyMap<string, string[]>, around: Surroundings): Finding[] {
  return [...byRuntime].flatMap(([name, wantedBy]): Finding[] => {
    const agent = builtinAgents.find((candidate) => candidate.name === name)
    const login = logins[name]
    if (agent?.kind !== 'agent' || login === undefined) return []
    const common = { kind: 'key', what: `${name} credentials`, wantedBy } as const
    const key = login.keys.find((candidate) => (around.environment[candidate] ?? '') !== '')
    if (key !== undefined) return [{ ...common, state: 'fine', detail: key }]
    const home = around.environment['HOME'] ?? homedir()
    const file = login.files.find((candidate) => existsSync(join(home, candidate)))
    if (file?.endsWith('credentials.json') === true || file?.endsWith('auth.json') === true)
      return [{ ...common, state: 'fine', detail: `logged in (~/${file})` }]
    return [
      {
        ...common,
        state: 'lacking',
        detail: `none of ${login.keys.join(', ')} is set`,
        fix: `export ${login.keys[0]}=…, or ${login.login}; or try without: orchestrator run --simulate`,
      },
    ]
  })
}

function examineSecrets(processes: readonly ProcessInstance[], around: Surroundings): Finding[] {
  return [...groupBy(processes, ({ process }) => process.secrets)].map(([name, wantedBy]) => {
    const isSet = (around.environment[name] ?? '') !== ''
    const common = { kind: 'secret', what: name, wantedBy } as const
    return isSet
      ? { ...common, state: 'fine', detail: 'set' }
      : {
          ...common,
          state: 'lacking',
          detail: 'not set',
          fix: `export ${name}=…; in a workflow: env: { ${name}: \${{ secrets.${name} }} }`,
        }
  })
}

function examineFiles(processes: readonly ProcessInstance[], around: Surroundings): Finding[] {
  const wanted = groupBy(processes, ({ process: { workingDirectory, mcp, attach } }) =>
    [workingDirectory, typeof mcp === 'string' ? mcp : undefined, ...attach].filter(
      (path): path is string => path !== undefined && !/\$\{\{|[*?[{]/.test(path),
    ),
  )
  return [...wanted].map(([path, wantedBy]) => {
    const common = { kind: 'file', what: path, wantedBy } as const
    if (existsSync(resolve(around.cwd, path))) return { ...common, state: 'fine', detail: 'exists' }
    return { ...common, state: 'uncertain', detail: 'does not exist yet; an earlier instance has to make it' }
  })
}

async function examineGit(processes: readonly ProcessInstance[], around: Surroundings): Promise<Finding[]> {
  const wantedBy = processes.filter(({ process }) => process.workspace.kind === 'worktree').map(({ label }) => label)
  if (wantedBy.length === 0) return []
  const common = { kind: 'git', what: 'git repository', wantedBy } as const
  const git = findProgram('git', around)
  if (git === undefined) return [{ ...common, state: 'lacking', detail: 'git is not on the PATH', fix: 'install git' }]
  const head = await runProgram([git, 'rev-parse', '--short', 'HEAD'], {
    cwd: around.cwd,
    env: { PATH: around.environment['PATH'] ?? '' },
    timeoutMs: 5000,
  })
  if (head.code === 0) return [{ ...common, state: 'fine', detail: `at ${head.stdout.trim()}` }]
  const detail = '`workspace: worktree` needs a git repository with a commit'
  return [{ ...common, state: 'lacking', detail, fix: 'git init && git commit, or workspace: shared' }]
}

function examineUnsupported(processes: readonly ProcessInstance[]): Finding[] {
  return [...groupBy(processes, ({ unsupported }) => unsupported ?? [])].map(([what, wantedBy]) => ({
    kind: 'version',
    state: 'lacking',
    what,
    detail: 'this version does not run it yet',
    wantedBy,
  }))
}

/** The runtimes an instance may use, fallbacks included. */
function runtimesOf({ process, fallback }: ProcessInstance): string[] {
  const others = fallback.map((way) => way.process?.runtime ?? way.runtime)
  return [process.runtime, ...others.filter((name): name is string => name !== undefined)]
}

function processesOf(instance: Instance): ProcessInstance[] {
  if (instance.kind === 'process') return [instance]
  return instance.kind === 'gate' ? (instance.expansion?.template.flatMap(processesOf) ?? []) : []
}

/** Labels of instances by what they need, in the plan's order. */
function groupBy(
  processes: readonly ProcessInstance[],
  needsOf: (instance: ProcessInstance) => readonly string[],
): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const instance of processes)
    for (const need of new Set(needsOf(instance))) groups.set(need, [...(groups.get(need) ?? []), instance.label])
  return groups
}
