import { z } from 'zod'
import * as v from './schema-values.ts'

const perCell = { perCell: true } as const

/** What makes an agent: may stand in `agents:`, in `defaults:` and on an instance. */
export const identityKeys = {
  runtime: z
    .string()
    .optional()
    .meta({ wants: 'the name of a runtime', ...perCell })
    .describe(
      'Which CLI runs it: `claude`, `codex`, `gemini`, …, `shell`, `python`, `node`, or one of `runtimes:`. Default: `shell` for `run` and `command`, else `claude`.',
    ),
  model: v.template.optional().describe("Model, in the CLI's own spelling."),
  args: v.templates.optional().describe('Further arguments for the CLI, as they are.'),
  'max-turns': v.count.meta(perCell).optional().describe('Most turns the agent may take.'),
  'allowed-tools': v.texts.optional().describe("Tools the agent may use without asking, in the CLI's own spelling."),
  'disallowed-tools': v.texts.optional().describe("Tools the agent may not use, in the CLI's own spelling."),
  instructions: v.template.optional().describe("Text added to the agent's own instructions."),
  'instructions-file': v.text.optional().describe('File with such text; relative to the root of the repository.'),
  mcp: z
    .union([v.text, v.freeMap])
    .optional()
    .meta({ wants: 'the path of an MCP configuration, or the configuration itself' })
    .describe('MCP servers: the path of a configuration, or the configuration itself.'),
  env: v.environment.optional().describe('Environment variables; values may hold expressions.'),
  secrets: v.variableNames.optional().describe('Environment variables of the orchestrator that the process may see.'),
  'timeout-minutes': v.minutes.meta(perCell).optional().describe('Longest time one attempt may take.'),
  'idle-timeout-minutes': v.minutes.meta(perCell).optional().describe('Longest time an attempt may be silent.'),
  retry: v.retry
    .optional()
    .describe(
      'How often a failed attempt is made again, and after what. A number is the number of retries. Default: twice, after rate limits, overload and crashes before any output.',
    ),
  fallback: z
    .array(
      z
        .strictObject({
          runtime: z.string().optional().meta({ wants: 'the name of a runtime' }).describe('Another runtime.'),
          model: v.text.optional().describe('Another model.'),
          agent: v.name.optional().describe('Another entry of `agents:`.'),
        })
        .meta({ wants: 'a map such as `{ model: haiku }`' }),
    )
    .optional()
    .meta({ wants: 'a list such as `[{ model: haiku }]`' })
    .describe('What to try, in order, when the retries are spent.'),
  budget: v.budget.optional().describe('Spending limit of this instance alone.'),
  'output-schema': z
    .union([v.text, v.freeMap])
    .optional()
    .meta({ wants: 'a JSON Schema, the path of one, or `findings`' })
    .describe(
      'JSON Schema the final answer must satisfy: inline, a path, or the built-in `findings`. The agent is asked once to repair one that does not.',
    ),
  expect: z
    .strictObject({
      text: z
        .enum(['non-empty', 'any'])
        .optional()
        .describe('Whether the answer must not be empty; agents: `non-empty`.'),
      files: v.texts.optional().describe('Globs of which each must match a file afterwards.'),
      denials: v.countFromZero.optional().describe('Most tool calls that may have been denied.'),
      regex: z.string().optional().describe('What the answer must match.'),
    })
    .optional()
    .meta({ wants: 'a map such as `{ text: non-empty }`' })
    .describe('Evidence asked for beyond exit code 0.'),
  safety: z
    .enum(['autonomous', 'supervised', 'read-only', 'manual'])
    .optional()
    .meta(perCell)
    .describe('What the agent may do without a person: everything, what is not asked for, only read, nothing.'),
  permissions: z
    .strictObject({
      allow: v.texts.optional().describe('Patterns of tools and commands that are allowed.'),
      ask: v.texts.optional().describe('Patterns that wait for an approval.'),
      deny: v.texts.optional().describe('Patterns that are denied.'),
    })
    .optional()
    .meta({ wants: 'a map such as `{ allow: [Read], deny: ["Bash(rm *)"] }`' })
    .describe('Patterns of tools and commands that are allowed, asked about or denied.'),
  sandbox: z
    .union([
      z.boolean(),
      z.strictObject({
        network: v.texts.optional().describe('Hosts that may be reached.'),
        write: v.texts.optional().describe('Paths that may be written.'),
      }),
    ])
    .optional()
    .meta({ wants: '`true`, `false` or a map such as `{ network: [api.example.com] }`' })
    .describe('Runs the process in a sandbox of the operating system.'),
  channels: z
    .union([
      z.array(v.name),
      z.strictObject({
        memory: z.boolean().optional().describe('Whether it reads and writes the shared memory.'),
        topics: z.array(v.name).optional().describe('Topics it reads and posts to.'),
      }),
    ])
    .optional()
    .meta({ wants: 'a list of topics or a map such as `{ memory: true, topics: [plan] }`' })
    .describe('Memory and topics shared with other instances.'),
}

/** An entry of `agents:`. */
export const agent = z
  .strictObject({
    description: v.text.optional().describe('What it is for.'),
    capabilities: z
      .array(v.name)
      .optional()
      .meta({ wants: 'a list of names' })
      .describe('What it can do; instances ask for capabilities with `requires`.'),
    ...identityKeys,
  })
  .meta({ wants: 'a map such as `{ runtime: claude, capabilities: [security] }`', id: 'agent' })
  .describe('A reusable identity: a runtime with its model, instructions and limits.')
