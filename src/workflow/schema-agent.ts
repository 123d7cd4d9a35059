import { z } from 'zod'
import { warningKinds } from '../core/expectation.ts'
import * as confinement from './schema-confinement.ts'
import * as v from './schema-values.ts'

const perCell = { perCell: true } as const

/** What makes an agent: may stand in `agents:`, in `defaults:` and on an instance. */
export const identityKeys = {
  runtime: z
    .string()
    .optional()
    .meta({ mustBe: 'the name of a runtime', ...perCell })
    .describe(
      'What runs it: `claude`, `codex`, `gemini`, `copilot`, `qwen`, `opencode`, `pi` or an entry of `runtimes` for a prompt; `shell`, `python` or `node` for a script. Default: `shell` for `run` and `command`, otherwise `claude`.',
    ),
  model: v.template
    .optional()
    .describe("Model, in the CLI's own spelling. In `defaults` it applies only to the runtime whose vendor offers it."),
  args: v.templates.optional().describe('Additional arguments for the CLI, passed unchanged.'),
  'max-turns': v.count.meta(perCell).optional().describe('Maximum number of turns.'),
  'allowed-tools': v.texts.optional().describe("Tools the agent may use without asking, in the CLI's own spelling."),
  'disallowed-tools': v.texts.optional().describe("Tools the agent may not use, in the CLI's own spelling."),
  instructions: v.template.optional().describe("Text added to the agent's own instructions."),
  'instructions-file': v.text
    .optional()
    .describe('File with text to add to the instructions, relative to the root of the repository.'),
  mcp: z
    .union([v.text, v.freeMap])
    .optional()
    .meta({ mustBe: 'the path of an MCP configuration, or the configuration itself' })
    .describe('MCP servers: the configuration itself, or the path of one, relative to the root of the repository.'),
  env: v.environment.optional().describe('Environment variables; values may contain expressions.'),
  'env-from': v.variableNames
    .optional()
    .describe('Environment variables of the orchestrator that are not secret and are passed to the process unchanged.'),
  secrets: v.variableNames
    .optional()
    .describe(
      'Environment variables of the orchestrator that are secret and are passed to the process. They are masked everywhere, and an instance cannot start without them.',
    ),
  'timeout-minutes': v.minutes.meta(perCell).optional().describe('Time limit of one attempt.'),
  'idle-timeout-minutes': v.minutes.meta(perCell).optional().describe('How long an attempt may produce no output.'),
  retry: v.retry
    .optional()
    .describe(
      'How often to retry a failed attempt, and after which failures. A number is the number of retries. Default: twice, after rate limits, overload and crashes before any output.',
    ),
  fallback: z
    .array(
      z
        .strictObject({
          runtime: z.string().optional().meta({ mustBe: 'the name of a runtime' }).describe('Another runtime.'),
          model: v.text.optional().describe('Another model.'),
          agent: v.name.optional().describe('Another entry of `agents:`.'),
        })
        .meta({ mustBe: 'a map such as `{ model: haiku }`' }),
    )
    .optional()
    .meta({ mustBe: 'a list such as `[{ model: haiku }]`' })
    .describe('What to try next, in order, when no retries are left.'),
  budget: v.budget.optional().describe('Spending limit of this instance alone.'),
  'output-schema': z
    .union([v.text, v.freeMap])
    .optional()
    .meta({ mustBe: 'a JSON Schema, the path of one, or `findings`' })
    .describe(
      'JSON Schema the final answer must satisfy: inline, a path, or the built-in `findings`. An agent whose answer does not satisfy it is asked once to repair it.',
    ),
  expect: z
    .strictObject({
      text: z
        .enum(['non-empty', 'any'])
        .optional()
        .describe('Whether the answer may be empty; default for agents: `non-empty`.'),
      files: v.texts.optional().describe('Globs that must each match a file afterwards.'),
      denials: v.countFromZero.optional().describe('Maximum number of denied tool calls.'),
      'no-warnings': z
        .union([z.boolean(), z.array(z.enum(warningKinds)).min(1)])
        .optional()
        .meta({ mustBe: '`true`, `false` or a list such as `[denied, mcp-failed]`' })
        .describe(
          'Warnings that make the instance fail: `denied` (a tool call was denied), `mcp-failed` (an MCP server did not start), `model-changed` (another model answered), `truncated` (the answer was cut off), `refused` (the model refused); `true` means all warnings that its runtime reports.',
        ),
      regex: z
        .string()
        .optional()
        .describe(
          'Regular expression (RE2) that must match somewhere in the answer; `(?i)` at its start ignores case.',
        ),
    })
    .optional()
    .meta({ mustBe: 'a map such as `{ text: non-empty }`' })
    .describe('Evidence required beyond exit code 0.'),
  transcript: z
    .boolean()
    .optional()
    .describe(
      "Whether to keep the CLI's own transcript of the conversation in the run directory, redacted, at most 16 MiB of it; `orchestrator logs ID --transcript` shows it.",
    ),
  safety: z
    .enum(['autonomous', 'supervised', 'read-only', 'manual'])
    .optional()
    .meta(perCell)
    .describe(
      'What the agent may do without approval: `autonomous` anything, `supervised` only what is allowed beforehand, `read-only` only read, `manual` nothing. Default: the default of the CLI, which for `claude` and `codex` is `supervised`: `claude` is denied every tool that needs an approval, `codex` writes in the workspace and has no network.',
    ),
  credentials: z
    .enum(['proxy', 'direct'])
    .optional()
    .meta(perCell)
    .describe(
      "Whether the orchestrator keeps the agent's key (`proxy`: the agent gets a token and a loopback address that are valid for this attempt alone) or passes it on (`direct`). Default: `proxy` with `safety: read-only` and on untrusted events, if its login is an API key; otherwise `direct`.",
    ),
  permissions: z
    .strictObject({
      allow: v.texts.optional().describe('Patterns of tools and commands that are allowed.'),
      ask: v.texts.optional().meta({ unsupported: true }).describe('Patterns that need approval.'),
      deny: v.texts.optional().describe('Patterns that are denied.'),
    })
    .optional()
    .meta({ mustBe: 'a map such as `{ allow: [Read], deny: ["Bash(rm *)"] }`' })
    .describe('Patterns of tools and commands that are allowed, need approval, or are denied.'),
  container: confinement.container,
  sandbox: confinement.sandbox,
  channels: z
    .union([
      z.array(v.name),
      z.strictObject({
        memory: z.boolean().optional().describe('Whether it can read and write the shared memory.'),
        topics: z.array(v.name).optional().describe('Topics it reads and posts to.'),
      }),
    ])
    .optional()
    .meta({ mustBe: 'a list of topics or a map such as `{ memory: true, topics: [plan] }`', unsupported: true })
    .describe('Memory and topics shared with other instances.'),
}

/** An entry of `agents:`. */
export const agent = z
  .strictObject({
    description: v.text.optional().describe('The purpose of the agent.'),
    capabilities: z
      .array(v.name)
      .optional()
      .meta({ mustBe: 'a list of names' })
      .describe('What it can do; instances ask for capabilities with `requires`.'),
    ...identityKeys,
  })
  .meta({ mustBe: 'a map such as `{ runtime: claude, capabilities: [security] }`', id: 'agent' })
  .describe('A reusable identity: a runtime with its model, instructions and limits.')
