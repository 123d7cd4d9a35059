import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { builtinAgents } from '../../agents/registry.ts'
import { accessRemedy, chosenCloud, installCommand } from '../../agents/remedies.ts'
import { programOf } from '../../core/custom-runtime.ts'
import { processesOf } from '../../core/definitions.ts'
import { groupBy } from '../../core/group-by.ts'
import type { ProcessInstance } from '../../core/instance.ts'
import { isOlder } from '../../core/version.ts'
import type { Plan } from '../../core/plan.ts'
import { isPattern } from '../../process/find-files.ts'
import { runGit } from '../../process/git.ts'
import { findProgram } from '../find-program.ts'
import { probeRuntimes } from '../probe-runtimes.ts'
import type { Surroundings } from '../surroundings.ts'

/** One thing a plan needs. `uncertain`: it may lack, which shows only at run time. */
export interface Finding {
  readonly kind:
    | 'program'
    | 'key'
    | 'secret'
    | 'file'
    | 'git'
    | 'version'
    | 'cost'
    | 'permission'
    | 'model'
    | 'network'
    | 'event'
  readonly state: 'fine' | 'missing' | 'uncertain'
  readonly what: string
  readonly detail: string
  readonly fix?: string
  /** Labels of the instances that need it. */
  readonly wantedBy: readonly string[]
}

/** Everything a plan needs, in the order programs, keys, secrets, files, git. */
export async function examinePlan(
  plan: Plan,
  options: { readonly simulated: boolean },
  around: Surroundings,
): Promise<Finding[]> {
  const processes = processesOf(plan.instances)
  const everyRuntime = labelsBy(processes, runtimesOf)
  const byRuntime = labelsBy(processes, runtimesOnMachine)
  return [
    ...(await examineRuntimes(plan, byRuntime, around)),
    ...examineCommands(processes, around),
    ...(await examineConfined(processes, around)),
    ...(options.simulated ? [] : examineKeys(everyRuntime, around)),
    ...examineSecrets(processes, around),
    ...examineFiles(processes, around),
    ...(await examineGit(processes, around)),
    ...examineUnsupported(processes),
  ]
}

type Say = (state: Finding['state'], detail: string, fix?: string) => Finding

function about(kind: Finding['kind'], what: string, wantedBy: readonly string[]): Say {
  return (state, detail, fix) => ({ kind, state, what, detail, wantedBy, ...(fix !== undefined && { fix }) })
}

async function examineRuntimes(
  plan: Plan,
  wanted: ReadonlyMap<string, string[]>,
  around: Surroundings,
): Promise<Finding[]> {
  const probed = await probeRuntimes(around, new Set(wanted.keys()))
  return [...wanted].map(([name, wantedBy]) => {
    const say = about('program', name, wantedBy)
    const runtimeOfFile = plan.runtimes[name]
    if (runtimeOfFile !== undefined) {
      const declared = programOf(runtimeOfFile)
      const path = findProgram(declared, around)
      return path === undefined
        ? say('missing', `${declared} is not on the PATH`, `install ${declared}`)
        : say('fine', path)
    }
    const runtime = probed.find((candidate) => candidate.name === name)
    if (runtime?.available !== true) return say('missing', 'this version has no adapter for it')
    const version = plan.versions?.[name]
    if (version !== undefined && runtime.version !== version)
      return say('fine', `${version}, which is installed from npm when it is first needed`)
    if (runtime.path !== null) {
      const found = `${runtime.version ?? 'found'} (${runtime.path})`
      const counted = builtinAgents.find((candidate) => candidate.name === name)?.package
      if (counted === undefined || runtime.version === null || !isOlder(runtime.version, counted.accountedFrom))
        return say('fine', found)
      return say(
        'uncertain',
        `${found} reports less than it uses: its tokens are lower bounds`,
        `npm install -g ${counted.npm}@${counted.version}`,
      )
    }
    const program = runtime.program ?? name
    const agent = builtinAgents.find((candidate) => candidate.name === name)
    return say('missing', `${program} is not on the PATH`, (agent && installCommand(agent)) ?? `install ${program}`)
  })
}

function examineCommands(processes: readonly ProcessInstance[], around: Surroundings): Finding[] {
  const programs = labelsBy(processes, ({ process: { action, runtime, container } }) => {
    const isHere = action.kind === 'argv' && runtime === 'shell' && container === undefined
    const program = isHere ? action.argv[0] : undefined
    return program === undefined || program.includes('${{') ? [] : [program]
  })
  return [...programs].map(([program, wantedBy]) => {
    const say = about('program', program, wantedBy)
    const path = findProgram(program, around)
    if (path !== undefined) return say('fine', path)
    return say('missing', 'there is no such program', 'install it, or correct `command`')
  })
}

/** The engines of containers, and whether a sandbox can be made. */
async function examineConfined(processes: readonly ProcessInstance[], around: Surroundings): Promise<Finding[]> {
  const wanted = new Map<string, { readonly of: ProcessInstance['process']; readonly wantedBy: string[] }>()
  for (const { process, label } of processes) {
    if (process.container === undefined && process.sandbox === undefined) continue
    const what = process.container === undefined ? 'sandbox' : (process.container.engine ?? 'containers')
    const known = wanted.get(what)
    if (known === undefined) wanted.set(what, { of: process, wantedBy: [label] })
    else known.wantedBy.push(label)
  }
  if (wanted.size === 0) return []
  const { examineConfinement } = await import('../../run/examine-confinement.ts')
  const findings: Finding[] = []
  for (const [what, { of, wantedBy }] of wanted) {
    const say = about('program', what, wantedBy)
    const found = await examineConfinement(of, around.environment)
    if (found !== undefined)
      findings.push('problem' in found ? say('missing', found.problem, found.hint) : say('fine', found.found))
  }
  return findings
}

function examineKeys(byRuntime: ReadonlyMap<string, string[]>, around: Surroundings): Finding[] {
  return [...byRuntime].flatMap(([name, wantedBy]) => {
    const agent = builtinAgents.find((candidate) => candidate.name === name)
    const login = agent?.login
    if (agent === undefined || login === undefined) return []
    const say = about('key', `${name} credentials`, wantedBy)
    const cloud = chosenCloud(agent, around.environment)
    if (cloud !== undefined)
      return [say('uncertain', `${cloud.name}: its login is checked only when it runs`, `it needs ${cloud.needs}`)]
    const key = login.variables.find((candidate) => (around.environment[candidate] ?? '') !== '')
    if (key !== undefined) return [say('fine', key)]
    const home = around.environment['HOME'] ?? homedir()
    if (existsSync(join(home, login.file))) return [say('fine', `logged in (~/${login.file})`)]
    const fix = `${accessRemedy(agent, around.environment)}; or try without: orchestrator run --simulate`
    return [say('missing', `none of ${login.variables.join(', ')} is set`, fix)]
  })
}

function examineSecrets(processes: readonly ProcessInstance[], around: Surroundings): Finding[] {
  return [...labelsBy(processes, ({ process }) => process.secrets)].map(([name, wantedBy]) => {
    const say = about('secret', name, wantedBy)
    if ((around.environment[name] ?? '') !== '') return say('fine', 'set')
    return say('missing', 'not set', `export ${name}=…; in a workflow: env: { ${name}: \${{ secrets.${name} }} }`)
  })
}

function examineFiles(processes: readonly ProcessInstance[], around: Surroundings): Finding[] {
  const wanted = labelsBy(processes, ({ process: { workingDirectory, attach } }) =>
    [workingDirectory, ...attach].filter(
      (path): path is string =>
        path !== undefined && !path.includes('${{') && (!isPattern(path) || existsSync(resolve(around.root, path))),
    ),
  )
  return [...wanted].map(([path, wantedBy]) => {
    const say = about('file', path, wantedBy)
    if (existsSync(resolve(around.root, path))) return say('fine', 'exists')
    return say('uncertain', 'does not exist yet; an earlier instance must create it')
  })
}

async function examineGit(processes: readonly ProcessInstance[], around: Surroundings): Promise<Finding[]> {
  const wantedBy = processes.filter(({ process }) => process.workspace.kind === 'worktree').map(({ label }) => label)
  if (wantedBy.length === 0) return []
  const say = about('git', 'git repository', wantedBy)
  if (findProgram('git', around) === undefined) return [say('missing', 'git is not on the PATH', 'install git')]
  const head = await runGit(['rev-parse', '--short', 'HEAD'], {
    cwd: around.root,
    env: { PATH: around.environment['PATH'] ?? '' },
    timeoutMs: 5000,
  })
  if (head.code === 0) return [say('fine', `at ${head.stdout.trim()}`)]
  const detail = '`workspace: worktree` needs a git repository with a commit'
  return [say('missing', detail, 'git init && git commit, or workspace: shared')]
}

function examineUnsupported(processes: readonly ProcessInstance[]): Finding[] {
  const wanted = labelsBy(processes, ({ unsupported }) => unsupported ?? [])
  return [...wanted].map(([what, wantedBy]) =>
    about('version', what, wantedBy)('missing', 'this version does not run it yet'),
  )
}

/** The runtimes an instance may use, fallbacks included. */
function runtimesOf({ process, fallback }: ProcessInstance): string[] {
  const others = fallback.map((way) => way.process?.runtime ?? way.runtime)
  return [process.runtime, ...others.filter((name): name is string => name !== undefined)]
}

/** Those that must be on this machine: in a container it is the image that has them. */
const runtimesOnMachine = (instance: ProcessInstance): string[] =>
  instance.process.container === undefined ? runtimesOf(instance) : []

/** Labels of instances by what they need, in the plan's order. */
function labelsBy(
  processes: readonly ProcessInstance[],
  needsOf: (instance: ProcessInstance) => readonly string[],
): Map<string, string[]> {
  const wanted = processes.flatMap((each) => [...new Set(needsOf(each))].map((need) => ({ need, label: each.label })))
  const groups = groupBy(wanted, ({ need }) => need)
  return new Map([...groups].map(([need, those]) => [need, those.map(({ label }) => label)]))
}
