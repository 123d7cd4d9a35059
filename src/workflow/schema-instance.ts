import { z } from 'zod'
import { linterFormats } from '../core/finding.ts'
import { identityKeys } from './schema-agent.ts'
import { effects, memory } from './schema-effects.ts'
import { choose, strategyKeys } from './schema-strategy.ts'
import { jobKeys } from './schema-job.ts'
import { namePattern } from './name-pattern.ts'
import * as v from './schema-values.ts'

const perCell = { perCell: true } as const

/** What else may stand both in `defaults:` and on an instance. */
export const policyKeys = {
  agent: v.name
    .meta({ mustBe: 'the name of an agent', ...perCell })
    .optional()
    .describe('Entry of `agents:` that does the work.'),
  join: v.join
    .optional()
    .describe(
      'Whether every entry of `needs` must hold (`all`, default), one is enough (`any`), or a given number is (`{ at-least: 2 }`).',
    ),
  'working-directory': v.template.optional().describe('Where it runs, relative to the root of the repository.'),
  workspace: z
    .enum(['shared', 'worktree'])
    .optional()
    .meta(perCell)
    .describe('`shared` (default), or `worktree`: its own git worktree, whose changes are kept as a patch.'),
  apply: z
    .boolean()
    .optional()
    .describe('Whether to apply the changes of its `workspace: worktree` to the repository afterwards.'),
  'allow-paths': z
    .array(z.string())
    .optional()
    .describe(
      'Protected files that applied changes may touch (`.github/workflows/*.yml`, `**/CLAUDE.md`), as `paths` filters of GitHub Actions. These are protected: `.github`, `.orchestrator`, the configuration and instructions of agent CLIs, and links that lead out of the repository.',
    ),
  shell: z
    .string()
    .optional()
    .meta({ mustBe: 'a shell such as `bash`', ...perCell })
    .describe('Shell for `run`, as in Actions.'),
  limits: z
    .strictObject({
      memory: v.bytes.optional().describe('Maximum memory of the process tree.'),
      cpu: v.positive.optional().describe('Number of CPU cores, such as `0.5` or `2`.'),
      'cpu-time': v.duration.optional().describe('Maximum CPU time.'),
      output: v.bytes.optional().describe('Maximum size of the output.'),
      processes: v.count.optional().describe('Maximum number of processes at once.'),
    })
    .optional()
    .meta({ mustBe: 'a map such as `{ memory: 2GB, processes: 50 }`' })
    .describe('Limits of the process tree.'),
  attach: v.templates
    .optional()
    .describe(
      'Files or globs appended to the prompt, each fenced and labeled as data; `changes` is the diff of what changed, without generated and binary files, and `threads` is what earlier reviews of the pull request said and how people answered.',
    ),
  parse: z
    .union([
      z.enum(['json', 'ndjson', 'none', ...linterFormats]),
      z.strictObject({ regex: z.string().describe('Regular expression (RE2); its named groups are the result.') }),
    ])
    .optional()
    .meta({
      mustBe:
        '`json`, `ndjson`, `none`, `sarif`, `rdjson`, `eslint`, `checkstyle` or a map such as `{ regex: "total (?<total>\\\\d+)" }`',
    })
    .describe(
      'How standard output becomes `result.json`; for commands only. With `sarif`, `rdjson`, `eslint` (its JSON format) and `checkstyle` (XML), findings are read as well, even if the command exits with a failure.',
    ),
  cache: z
    .union([
      z.boolean(),
      z.strictObject({
        paths: v.templates
          .optional()
          .describe(
            'Files it depends on, as `paths` filters of GitHub Actions from the root of the repository; default: all files of the repository.',
          ),
        key: v.template
          .optional()
          .describe('Text that its outcome also depends on: if it differs, the instance runs again.'),
        'max-age': v.age.optional().describe('How long an outcome may be reused; default: as long as it is kept.'),
      }),
    ])
    .optional()
    .meta({ mustBe: '`true`, `false` or a map such as `{ paths: [src/**] }`' })
    .describe(
      'Whether its outcome is kept when it succeeds, and reused at no cost by a later run in which nothing it depends on has changed; default `false`.',
    ),
  approval: z
    .union([
      z.boolean(),
      z.strictObject({
        approvers: v.texts
          .optional()
          .describe('People and teams who may approve; default: everyone with write access.'),
        message: v.text.optional().describe('The question they see.'),
        'timeout-minutes': v.minutes.optional().describe('How long to wait.'),
      }),
    ])
    .optional()
    .meta({ mustBe: '`true` or a map such as `{ approvers: ["@org/team"], message: Publish? }`', unsupported: true })
    .describe('A person must approve before it starts.'),
  'continue-on-error': z
    .union([z.boolean(), v.expression])
    .optional()
    .meta({ mustBe: '`true`, `false` or an expression' })
    .describe('Treats a failure as success for whatever needs it, as in Actions.'),
  priority: z
    .int()
    .meta({ mustBe: 'a whole number', ...perCell })
    .optional()
    .describe('Higher starts first; default 0.'),
  concurrency: z
    .union([
      v.template,
      z.strictObject({
        group: v.template.describe('Name of the group; only one of its members runs at a time.'),
        'cancel-in-progress': z
          .boolean()
          .optional()
          .describe('Whether to cancel the member that is running; default `false`.'),
      }),
    ])
    .optional()
    .meta({ mustBe: 'the name of a group or a map such as `{ group: deploy, cancel-in-progress: true }`' })
    .describe('Name of a group, of which only one instance runs at a time.'),
  ...jobKeys,
  'start-at': z
    .string()
    .regex(/^(\+(\d+(\.\d+)?(ms|s|m|h))+|([01]?\d|2[0-3]):[0-5]\d)$/)
    .optional()
    .meta({ mustBe: 'a time such as `22:00` or `+30m`' })
    .describe(
      'Earliest start: a time of day in the time zone of the machine (`22:00`; one that passed within the last hour means now) or a time after the start of the run (`+30m`).',
    ),
}

const { runtime: _runtime, ...identityOfRuntime } = identityKeys
const { agent: _agent, join: _join, ...policyOfRuntime } = policyKeys

/** Defaults of the instances of one runtime. */
const runtimeDefaults = z
  .strictObject({ ...identityOfRuntime, ...policyOfRuntime })
  .meta({ mustBe: 'a map of instance keys', id: 'runtimeDefaults' })

const ofRuntime = (name: string) =>
  runtimeDefaults
    .optional()
    .describe(`Defaults for instances that run on \`${name}\`; they override the other defaults.`)

/** `defaults:`. */
export const defaults = z
  .strictObject({
    ...identityKeys,
    ...policyKeys,
    'share-prefix': v.sharePrefix.optional(),
    claude: ofRuntime('claude'),
    codex: ofRuntime('codex'),
    gemini: ofRuntime('gemini'),
    opencode: ofRuntime('opencode'),
    qwen: ofRuntime('qwen'),
    copilot: ofRuntime('copilot'),
    pi: ofRuntime('pi'),
  })
  .meta({ mustBe: 'a map of instance keys', id: 'defaults' })

const filters = z.array(v.text).min(1).meta({ mustBe: 'a list of globs such as `[src/**]`' })

/** `strategy:`. */
const strategy = z
  .strictObject({ ...strategyKeys, variant: z.lazy(() => variants).optional(), choose: choose.optional() })
  .meta({ mustBe: 'a map such as `{ matrix: { node: [20, 24] } }`', id: 'strategy' })

/** Everything an instance may say but its members. */
const leafKeys = {
  id: v.name.optional().describe('Its id, if it is in a list.'),
  name: v.template.optional().meta({ partlyStatic: true }).describe('Its name in reports.'),
  description: v.text.optional().describe('A note for readers of the file.'),
  prompt: v.template.optional().describe('The prompt for an agent. May contain expressions.'),
  'prompt-file': v.text.optional().describe('File with the prompt, relative to the root of the repository.'),
  run: v.template.optional().describe('A script for a shell (or `python`, `node`).'),
  command: z
    .array(v.template)
    .min(1)
    .optional()
    .meta({ mustBe: 'a list of strings such as `[npm, test]`' })
    .describe('A program and its arguments, without a shell.'),
  requires: v.textOrList
    .optional()
    .describe('Required capabilities: among the agents that have them all, the least loaded runs it.'),
  needs: z
    .union([
      v.text,
      v.edge,
      z.array(
        z.union([v.text, v.edge]).meta({ mustBe: 'an id or a map such as `{ instance: tests, when: failure }`' }),
      ),
    ])
    .optional()
    .meta({ mustBe: 'an id, or a list of ids and maps such as `{ instance: tests, when: failure }`' })
    .describe('The instances that must end before it starts.'),
  if: z
    .union([z.boolean(), z.string()])
    .optional()
    .meta({ mustBe: 'a condition', template: true })
    .describe(
      'Condition, evaluated once `needs` hold; `${{ }}` may be omitted. Without a status function it also requires `success()`.',
    ),
  paths: filters
    .optional()
    .describe(
      'Globs, by the rules of `paths` in GitHub Actions: the instance is skipped, before `if` is evaluated, if no changed file matches.',
    ),
  'paths-ignore': filters
    .optional()
    .describe('Globs, by the same rules: the instance is skipped if every changed file matches one of them.'),
  split: z
    .strictObject({ 'max-bytes': v.bytes.describe('Maximum size of the part of the diff that one instance gets.') })
    .optional()
    .meta({ mustBe: 'a map such as `{ max-bytes: 60KB }`' })
    .describe(
      'One instance per part of the diff, split between files; for prompts with `attach: [changes]`. `matrix.chunk` is the number of the part, `matrix.chunks` how many there are.',
    ),
  strategy: strategy.optional().describe('A matrix of instances, or how the members of a group run.'),
  repeat: v.repeat
    .optional()
    .describe('Runs a `sequence` in rounds until a condition holds; each round has its own instances (`fix#2`).'),
  outputs: z
    .record(z.string().regex(namePattern), v.template)
    .optional()
    .meta({ mustBe: 'a map of strings' })
    .describe('Named results, built from `${{ result.* }}`.'),
  effects: effects
    .optional()
    .describe(
      'What its answer may request on GitHub: the orchestrator does it after the instance has succeeded. On your own machine and under simulation it is only shown.',
    ),
  memory: memory
    .optional()
    .describe('A directory, `$ORCHESTRATOR_MEMORY`, whose text files are still there in the next run.'),
  session: v.session.optional(),
  ...identityKeys,
  ...policyKeys,
}

type LeafEntry = z.infer<z.ZodObject<typeof leafKeys>>

/** An entry of `instances`, or a member of a group. */
export interface InstanceEntry extends LeafEntry {
  sequence?: InstanceEntry[] | undefined
  parallel?: Record<string, InstanceEntry> | InstanceEntry[] | undefined
}

const members = {
  sequence: z
    .array(z.lazy(() => instance))
    .min(1)
    .optional()
    .meta({ mustBe: 'a list of instances', structure: true })
    .describe('Instances that run one after another; each needs the one before.'),
  parallel: z
    .union([
      z.record(
        z.string().regex(namePattern),
        z.lazy(() => instance),
      ),
      z.array(z.lazy(() => instance)).min(1),
    ])
    .optional()
    .meta({ mustBe: 'a map of instances by id', structure: true })
    .describe('Instances that run side by side, by id or as a list.'),
}

/** A node of the file: one process, or a group of nodes. */
export const instance: z.ZodType<InstanceEntry> = z
  .strictObject({ ...leafKeys, ...members })
  .meta({ mustBe: 'a map such as `{ run: npm test }`', structure: true, id: 'instance' })
  .describe(
    'One process, or a group of them. Exactly one of `prompt`, `prompt-file`, `run`, `command`, `sequence` and `parallel` says what it does.',
  )

const { id: _id, name: _name, description: _note, needs: _needs, if: _if, paths: _paths, ...others } = leafKeys
const { 'paths-ignore': _ignored, split: _split, strategy: _strategy, join: _joined, ...variantKeys } = others

/** `strategy.variant`. */
const variants: z.ZodType<Record<string, InstanceEntry>> = z
  .record(
    z.string().regex(namePattern),
    z
      .strictObject({ ...variantKeys, ...members })
      .meta({ mustBe: 'a map such as `{ model: opus }`', structure: true, id: 'variant' }),
  )
  .meta({ mustBe: 'a map of variants by name', structure: true })
  .describe(
    'Variants of the instance, by name. One of them runs, or all (`choose`); the keys of a variant override those of the instance. `matrix.variant` is its name.',
  )
