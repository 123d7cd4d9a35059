import { z } from 'zod'
import { agent } from './schema-agent.ts'
import { defaults, instance } from './schema-instance.ts'
import * as v from './schema-values.ts'

const input = z
  .strictObject({
    type: z.enum(['string', 'number', 'boolean', 'choice']).optional().describe('Default `string`.'),
    description: v.text.optional().describe('For whoever starts a run.'),
    default: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .meta({ wants: 'text, a number or `true`/`false`' })
      .describe('Value where none is given.'),
    required: z.boolean().optional().describe('Whether one must be given; default `false`.'),
    options: v.texts.optional().describe('The values of a `choice`.'),
  })
  .meta({ wants: 'a map such as `{ type: string, default: main }`', id: 'input' })

const runtime = z
  .strictObject({
    command: z
      .array(v.text)
      .min(1)
      .meta({ wants: 'a list of texts such as `[aider, --message-file, "{prompt-file}"]`' })
      .describe('Program and arguments, with `{prompt}`, `{prompt-file}`, `{model}`, `{schema-file}`.'),
    prompt: z
      .enum(['stdin', 'arg', 'file'])
      .optional()
      .describe('How the prompt reaches it; default as `command` says, else `stdin`.'),
    version: v.texts.optional().describe('Program and arguments that print its version.'),
    parse: z
      .strictObject({
        format: z.enum(['text', 'json', 'ndjson']).optional().describe('What it prints; default `text`.'),
        text: v.text.optional().describe('JMESPath of the answer, or `stdout`.'),
        error: v.text.optional().describe('JMESPath of an error.'),
        usage: z
          .strictObject({
            input: v.text.optional().describe('JMESPath of the input tokens.'),
            output: v.text.optional().describe('JMESPath of the output tokens.'),
            'cache-read': v.text.optional().describe('JMESPath of the input tokens that came from a cache.'),
          })
          .optional()
          .meta({ wants: 'a map of paths' })
          .describe('Where the tokens are counted.'),
        'cost-usd': v.text.optional().describe('JMESPath of the cost in US dollars.'),
      })
      .optional()
      .meta({ wants: 'a map such as `{ format: json, text: answer }`' })
      .describe('How its output is read.'),
    env: v.variableNames.optional().describe('Environment variables of the orchestrator that it may see.'),
  })
  .meta({ wants: 'a map such as `{ command: [aider, --yes] }`', id: 'runtime' })

const toggle = <T extends z.ZodType>(of: T) => z.union([z.boolean(), of])

const report = z
  .strictObject({
    summary: z.boolean().optional().describe('Whether to write the job summary; default `true`.'),
    comment: toggle(z.enum(['sticky', 'new', 'none']))
      .optional()
      .meta({ wants: '`sticky`, `new` or `none`' })
      .describe('The comment on the pull request: one that is updated (default), a new one each time, none.'),
    review: toggle(z.enum(['inline', 'none']))
      .optional()
      .meta({ wants: '`inline` or `none`' })
      .describe('Whether findings become review comments at their lines; default `none`.'),
    annotations: z.boolean().optional().describe('Whether failures and findings become annotations; default `true`.'),
    sarif: v.text.optional().describe('Path of a SARIF file to write.'),
    artifact: z
      .strictObject({
        name: v.text.optional().describe('Its name; default `orchestrator`.'),
        'retention-days': v.count.optional().describe('How long it is kept.'),
      })
      .optional()
      .meta({ wants: 'a map such as `{ name: orchestrator, retention-days: 14 }`' })
      .describe('The artifact with the run directory.'),
    'fail-on': z
      .strictObject({
        severity: z
          .enum(['critical', 'high', 'medium', 'low', 'info'])
          .optional()
          .describe('Least severity of a finding that fails the run.'),
        agents: v.count.optional().describe('How many agents must have found it; default 1.'),
      })
      .optional()
      .meta({ wants: 'a map such as `{ severity: high }`' })
      .describe('Findings that fail the run.'),
  })
  .meta({ wants: 'a map such as `{ comment: sticky }`', id: 'report' })

const maxParallel = z
  .union([
    v.count,
    z.strictObject({
      total: v.count.optional().describe('Of all together.'),
      agents: v.count.optional().describe('Of agents.'),
      commands: v.count.optional().describe('Of other programs.'),
    }),
  ])
  .meta({ wants: 'a whole number from 1 or a map such as `{ agents: 8, commands: 2 }`' })

const named = <T extends z.ZodType>(of: T) => z.record(z.string().regex(v.namePattern), of)

/** The whole document; every type, the JSON Schema and the reference page come from here. */
export const orchestrationFile = z
  .strictObject({
    name: v.text
      .optional()
      .describe('What reports call the pipeline, and the key of its comment; default: the name of the file.'),
    description: v.text.optional().describe('For readers.'),
    include: z
      .union([v.text, v.texts])
      .optional()
      .meta({ wants: 'a path or a list of paths' })
      .describe(
        'Other files, relative to this one, whose `inputs`, `env`, `defaults`, `agents`, `runtimes` and `instances` are merged in by key; a later file stands over an earlier one, and this file over all it includes.',
      ),
    inputs: named(input)
      .optional()
      .meta({ wants: 'a map of inputs by name' })
      .describe('Values given when a run is started, typed as those of `workflow_dispatch`.'),
    env: v.environment
      .optional()
      .describe('Environment variables of every instance; plain text, expressions stand in `defaults.env`.'),
    defaults: defaults.optional().describe('Instance keys for instances that do not say otherwise.'),
    limits: z
      .strictObject({
        'max-parallel': maxParallel
          .optional()
          .describe('How many instances run at once; default: the number of cores, at least 4 for agents.'),
        'timeout-minutes': v.minutes.optional().describe('Longest time the run may take.'),
      })
      .optional()
      .meta({ wants: 'a map such as `{ max-parallel: 4 }`' })
      .describe('Limits of the whole run.'),
    budget: z
      .strictObject({
        ...v.budget.shape,
        reserve: named(
          z.strictObject({
            tokens: v.count.optional().describe('Tokens kept for it.'),
            'cost-usd': v.positive.optional().describe('US dollars kept for it.'),
          }),
        )
          .optional()
          .meta({ wants: 'a map of instance ids' })
          .describe('Parts of the budget that only the named instances may use.'),
      })
      .optional()
      .meta({ wants: 'a map such as `{ tokens: 2000000, cost-usd: 5 }`' })
      .describe('Spending limit of the whole run.'),
    agents: named(agent)
      .optional()
      .meta({ wants: 'a map of agents by name' })
      .describe('Reusable identities, by name.'),
    runtimes: named(runtime)
      .optional()
      .meta({ wants: 'a map of runtimes by name' })
      .describe('CLIs that have no built-in adapter, by name.'),
    instances: named(instance).optional().meta({ wants: 'a map of instances by id' }).describe('What is done, by id.'),
    report: report.optional().describe('Where results are shown.'),
  })
  .meta({ wants: 'a map with `instances`', extensions: 'x-' })
  .describe('An orchestration file: agents and commands, what they need and how they run.')

/** An orchestration file after validation; optional everywhere, since what was wrong is left out. */
export type OrchestrationFile = z.infer<typeof orchestrationFile>

/** An entry of `agents`. */
export type AgentEntry = z.infer<typeof agent>

/** `defaults`. */
export type DefaultsEntry = z.infer<typeof defaults>

/** One entry of `needs` in its long form. */
export type EdgeEntry = z.infer<typeof v.edge>

/** A budget as written. */
export type BudgetEntry = z.infer<typeof v.budget>

/** `retry` as written. */
export type RetryEntry = z.infer<typeof v.retry>
