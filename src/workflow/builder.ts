import type { z } from 'zod'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Instance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { compile, type Compilation, type CompileOptions } from './compile.ts'
import { printFile } from './print-file.ts'
import type { RunBudgetEntry } from './merged-file.ts'
import type { AgentEntry, DefaultsEntry, orchestrationFile } from './schema.ts'
import type { InstanceEntry } from './schema-instance.ts'

/** An orchestration file as a plain value, before anything is filled in. */
export type WorkflowFile = z.input<typeof orchestrationFile>

/** What an instance may say besides what it does. */
export type InstanceSettings = Omit<InstanceEntry, 'id' | 'run' | 'command' | 'sequence' | 'parallel'>

/** What a group may say besides its members. */
export type GroupSettings = Omit<InstanceSettings, 'prompt' | 'prompt-file'>

/** What was built is not a valid workflow; `diagnostics` point into `text`, the file it amounts to. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError'
  readonly diagnostics: readonly Diagnostic[]
  readonly text: string

  constructor(diagnostics: readonly Diagnostic[], text: string) {
    super(
      diagnostics.map(({ code, message, hint }) => [`${code}: ${message}`, hint].filter(Boolean).join(' ')).join('\n'),
    )
    this.diagnostics = diagnostics
    this.text = text
  }
}

/** A workflow being put together. Every method gives a new builder and leaves the old one as it was. */
export interface WorkflowBuilder {
  /** The file so far, as plain value. */
  readonly file: WorkflowFile
  /** Any keys of the document: `report`, `limits`, `runtimes`, `include` … */
  set(keys: Omit<WorkflowFile, 'name' | 'instances'>): WorkflowBuilder
  /** Declares an input. */
  input(name: string, declaration: NonNullable<WorkflowFile['inputs']>[string]): WorkflowBuilder
  /** Adds environment variables of every instance. */
  env(variables: Readonly<Record<string, string>>): WorkflowBuilder
  /** Adds instance keys for instances that do not say otherwise. */
  defaults(settings: DefaultsEntry): WorkflowBuilder
  /** Sets the budget of the run. */
  budget(budget: RunBudgetEntry): WorkflowBuilder
  /** Declares a reusable identity, an entry of `agents`. */
  identity(name: string, entry: AgentEntry): WorkflowBuilder
  /** Adds an instance of any kind. */
  instance(id: string, entry: InstanceEntry): WorkflowBuilder
  /** Adds an instance that asks an agent. */
  agent(id: string, settings: InstanceSettings): WorkflowBuilder
  /** Adds an instance that runs a script. */
  run(id: string, script: string, settings?: InstanceSettings): WorkflowBuilder
  /** Adds an instance that runs a program without a shell. */
  command(id: string, argv: readonly string[], settings?: InstanceSettings): WorkflowBuilder
  /** Adds a group whose members run one after the other. */
  sequence(id: string, members: readonly InstanceEntry[], settings?: GroupSettings): WorkflowBuilder
  /** Adds a group whose members run side by side, as a list or by id. */
  parallel(
    id: string,
    members: readonly InstanceEntry[] | Readonly<Record<string, InstanceEntry>>,
    settings?: GroupSettings,
  ): WorkflowBuilder
  /** The workflow as an orchestration file, which compiles to the same plan. */
  print(): string
  /** The plan or what is wrong, as for a file; positions are those of the printed file. */
  compile(): Compilation
  /** The plan. Throws `WorkflowError` when the workflow is not valid. */
  build(): Plan
}

/** Begins a workflow. `options` are those of `compile`: which runtimes there are, how files it names are read. */
export function workflow(name: string, options: CompileOptions): WorkflowBuilder {
  return builderOf({ name }, options)
}

function builderOf(file: WorkflowFile, options: CompileOptions): WorkflowBuilder {
  const next = (keys: Partial<WorkflowFile>): WorkflowBuilder => builderOf({ ...file, ...keys }, options)
  const instance = (id: string, entry: InstanceEntry): WorkflowBuilder => {
    // Two instances of one id would be two keys of one map; only a list of errors can tell, so say it here.
    if (Object.hasOwn(file.instances ?? {}, id)) throw new WorkflowError([duplicateId(id)], printFile(file))
    return next({ instances: { ...file.instances, [id]: entry } })
  }
  const compileFile = (): Compilation => compile(`workflow ${file.name}`, printFile(file), options)
  return {
    file,
    instance,
    set: next,
    input: (name, declaration) => next({ inputs: { ...file.inputs, [name]: declaration } }),
    env: (variables) => next({ env: { ...file.env, ...variables } }),
    defaults: (settings) => next({ defaults: { ...file.defaults, ...settings } }),
    budget: (budget) => next({ budget }),
    identity: (name, entry) => next({ agents: { ...file.agents, [name]: entry } }),
    agent: (id, settings) => instance(id, settings),
    run: (id, script, settings = {}) => instance(id, { run: script, ...settings }),
    command: (id, argv, settings = {}) => instance(id, { command: [...argv], ...settings }),
    sequence: (id, members, settings = {}) => instance(id, { ...settings, sequence: [...members] }),
    parallel: (id, members, settings = {}) =>
      instance(id, { ...settings, parallel: isList(members) ? [...members] : { ...members } }),
    print: () => printFile(file),
    compile: compileFile,
    build() {
      const { plan, diagnostics } = compileFile()
      if (plan === undefined)
        throw new WorkflowError(
          diagnostics.filter(({ severity }) => severity === 'error'),
          printFile(file),
        )
      return withoutSource(plan)
    },
  }
}

/** A plan without the file it was compiled from: what the same workflow amounts to, however it was written. */
export function withoutSource(plan: Plan): Plan {
  const { obeys: _, ...rest } = plan
  return { ...rest, source: null, instances: plan.instances.map(withoutPlace) }
}

function withoutPlace(instance: Instance): Instance {
  const { at: _, ...rest } = instance
  if (rest.kind !== 'gate' || rest.expansion === undefined) return rest
  return { ...rest, expansion: { ...rest.expansion, template: rest.expansion.template.map(withoutPlace) } }
}

function duplicateId(id: string): Diagnostic {
  return { code: 'duplicate-id', severity: 'error', message: `there are two instances \`${id}\`` }
}

function isList(
  members: readonly InstanceEntry[] | Readonly<Record<string, InstanceEntry>>,
): members is readonly InstanceEntry[] {
  return Array.isArray(members)
}
