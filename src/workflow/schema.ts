import { z } from 'zod'
import { severities } from '../core/findings-schema.ts'
import { agent } from './schema-agent.ts'
import { effectBounds } from './schema-effects.ts'
import { command, when } from './schema-events.ts'
import { defaults, instance } from './schema-instance.ts'
import { prices } from './schema-prices.ts'
import { runtime } from './schema-runtime.ts'
import { failOn, postingKeys, review } from './schema-review.ts'
import { namePattern } from './name-pattern.ts'
import * as v from './schema-values.ts'

const input = z
  .strictObject({
    type: z.enum(['string', 'number', 'boolean', 'choice']).optional().describe('Default `string`.'),
    description: v.text.optional().describe('Shown to whoever starts a run.'),
    default: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .meta({ mustBe: 'a string, a number or `true`/`false`' })
      .describe('Value used when none is given.'),
    required: z.boolean().optional().describe('Whether a value must be given; default `false`.'),
    options: v.texts.optional().describe('The values a `choice` can have.'),
  })
  .meta({ mustBe: 'a map such as `{ type: string, default: main }`', id: 'input' })

const toggle = <T extends z.ZodType>(of: T) => z.union([z.boolean(), of])

const report = z
  .strictObject({
    summary: z.boolean().optional().describe('Whether to write the job summary; default `true`.'),
    comment: toggle(z.enum(['sticky', 'new', 'none']))
      .optional()
      .meta({ mustBe: '`sticky`, `new` or `none`' })
      .describe(
        'The comment on the pull request: one that is updated (`sticky`, default), a new one each time (`new`), or `none`.',
      ),
    review: z
      .union([
        z.boolean(),
        z.enum(['inline', 'none']),
        z.strictObject({
          ...postingKeys,
          severity: z.enum(severities).optional().describe('Lowest severity that is included; default `info`.'),
          scope: z
            .enum(['full', 'changed'])
            .optional()
            .describe(
              'Which changes agents with `attach: [changes]` get: the whole pull request (`full`, default), or only what changed since the last review (`changed`), which the sticky comment remembers.',
            ),
        }),
      ])
      .optional()
      .meta({ mustBe: '`inline`, `none` or a map such as `{ verdict: request-changes }`' })
      .describe(
        'Whether findings become a review of the pull request, with comments on their lines; default `none`, or `inline` if `review` sets `verdict` or `max-comments`.',
      ),
    annotations: z.boolean().optional().describe('Whether failures and findings become annotations; default `true`.'),
    answer: v.text
      .optional()
      .describe(
        'The id of the instance or group whose answer reports show; default: the answers that no other answer depends on.',
      ),
    check: z
      .union([z.boolean(), v.text])
      .optional()
      .meta({ mustBe: '`true`, `false` or a name such as `AI review`' })
      .describe(
        'A check run on the commit, or its name: its conclusion is the verdict, its annotations are all findings. Needs `checks: write`; default `false`.',
      ),
    sarif: z
      .union([
        v.text,
        z.strictObject({
          file: v.text.optional().describe('Path of the file to write, from the root of the repository.'),
          upload: z
            .boolean()
            .optional()
            .describe('Whether to upload it to code scanning. Needs `security-events: write`; default `false`.'),
        }),
      ])
      .optional()
      .meta({ mustBe: 'a path or a map such as `{ upload: true }`' })
      .describe('SARIF with all findings, merged: the path of the file to write, or a map that says where it goes.'),
    artifact: z
      .strictObject({
        name: v.text.optional().describe('Its name; default `orchestrator`.'),
        'retention-days': v.count.optional().describe('Number of days it is kept.'),
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ name: orchestrator, retention-days: 14 }`' })
      .describe('The artifact that holds the run directory.'),
    verdict: z
      .strictObject({
        severity: z
          .enum(severities)
          .optional()
          .describe('Lowest severity that counts as `findings`; default `info`, so every finding counts.'),
        reviewers: z
          .enum(['all', 'any'])
          .optional()
          .describe(
            'Whether `all` reviewers that were asked must have looked (default), or `any` one of them; otherwise the verdict is `not-reviewed`.',
          ),
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ severity: medium }`' })
      .describe('What makes the verdict `clean`, `findings` or `not-reviewed`.'),
    'fail-on': failOn,
  })
  .meta({ mustBe: 'a map such as `{ comment: sticky }`', id: 'report' })

const maxParallel = z
  .union([
    v.count,
    z.strictObject({
      total: v.count.optional().describe('All instances together.'),
      agents: v.count.optional().describe('Agents.'),
      commands: v.count.optional().describe('Commands: everything that is not an agent.'),
    }),
  ])
  .meta({ mustBe: 'a whole number above 0 or a map such as `{ agents: 8, commands: 2 }`' })

const named = <T extends z.ZodType>(of: T) => z.record(z.string().regex(namePattern), of)

/** The whole document; every type, the JSON Schema and the reference page come from here. */
export const orchestrationFile = z
  .strictObject({
    name: v.text
      .optional()
      .describe('The name of the pipeline in reports, and the key of its comment; default: the file name.'),
    description: v.text.optional().describe('A note for readers of the file.'),
    include: z
      .union([v.text, v.texts])
      .optional()
      .meta({ mustBe: 'a path or a list of paths', structure: true })
      .describe(
        'Other files, relative to this one, or built-in ones (`builtin:review`, `builtin:nightly-audit`, `builtin:fix`). Their `inputs`, `env`, `defaults`, `agents`, `runtimes`, `instances` and `commands` are merged in by key; a later file overrides an earlier one, and this file overrides all that it includes.',
      ),
    inputs: named(input)
      .optional()
      .meta({ mustBe: 'a map of inputs by name', structure: true })
      .describe('Values given when a run starts, typed as in `workflow_dispatch`.'),
    env: v.environment
      .optional()
      .describe('Environment variables of every instance; plain text, use `defaults.env` for expressions.'),
    defaults: defaults.optional().describe('Instance keys for every instance that does not set them itself.'),
    limits: z
      .strictObject({
        'max-parallel': maxParallel
          .optional()
          .describe(
            'Maximum number of instances running at once; default: the number of cores, at least 4 for agents.',
          ),
        'timeout-minutes': v.minutes.optional().describe('Time limit of the run.'),
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ max-parallel: 4 }`' })
      .describe('Limits of the whole run.'),
    budget: z
      .strictObject({
        ...v.budget.shape,
        per: v.budgetPeriod.optional(),
        reserve: named(v.reserve)
          .optional()
          .meta({ mustBe: 'a map of instance ids' })
          .describe('Parts of the budget that only the named instances may use.'),
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ tokens: 2000000, cost-usd: 5 }`' })
      .describe('Spending limit of the whole run.'),
    prices,
    agents: named(agent)
      .optional()
      .meta({ mustBe: 'a map of agents by name' })
      .describe('Reusable identities, by name.'),
    runtimes: named(runtime)
      .optional()
      .meta({ mustBe: 'a map of runtimes by name' })
      .describe('CLIs without a built-in adapter, by name, and versions of CLIs that have one.'),
    instances: named(instance)
      .optional()
      .meta({ mustBe: 'a map of instances by id', structure: true })
      .describe('The agents and commands to run, by id.'),
    effects: effectBounds
      .optional()
      .describe(
        'What all instances together may do on GitHub; a kind that is missing here is forbidden for all of them. Default: whatever each instance may do.',
      ),
    review: review.optional().describe('What counts as a finding of the run, and how findings are verified.'),
    report: report.optional().describe('Where results are reported.'),
    when: when
      .optional()
      .describe('Conditions that the issue or pull request of an event must meet; otherwise the action runs nothing.'),
    commands: named(command)
      .optional()
      .meta({ mustBe: 'a map of commands by name' })
      .describe('Additional commands for comments: `/orchestrate NAME`.'),
  })
  .meta({ mustBe: 'a map with `instances`', extensions: 'x-', structure: true })
  .describe('An orchestration file: agents and commands, what they need and how they run.')

/** An orchestration file after validation; optional everywhere, since what was wrong is left out. */
export type OrchestrationFile = z.infer<typeof orchestrationFile>

/** An entry of `agents`. */
export type AgentEntry = z.infer<typeof agent>

/** An entry of `runtimes`. */
export type RuntimeEntry = z.infer<typeof runtime>

/** `defaults`. */
export type DefaultsEntry = z.infer<typeof defaults>

/** One entry of `needs` in its long form. */
export type EdgeEntry = z.infer<typeof v.edge>

/** A budget as written. */
export type BudgetEntry = z.infer<typeof v.budget>

/** `retry` as written. */
export type RetryEntry = z.infer<typeof v.retry>
