import { z } from 'zod'
import * as v from './schema-values.ts'

const tiers = z
  .strictObject({
    autonomous: v.texts.optional().describe('Arguments that let it do everything.'),
    supervised: v.texts.optional().describe('Arguments that deny it everything that was not allowed.'),
    'read-only': v.texts.optional().describe('Arguments that keep it from changing anything.'),
    manual: v.texts.optional().describe('Arguments that keep it from using tools.'),
  })
  .meta({ mustBe: 'a map of arguments by tier, such as `{ autonomous: [--yes] }`' })

/** An entry of `runtimes`. */
export const runtime = z
  .strictObject({
    preset: z
      .enum(['cursor-agent', 'amp', 'aider', 'goose', 'crush'])
      .optional()
      .describe('A CLI with a prepared entry; keys written here override it.'),
    command: z
      .array(v.textOrList)
      .min(1)
      .optional()
      .meta({ mustBe: 'a list of strings such as `[aider, --message-file, "{prompt-file}"]`' })
      .describe(
        'Program and arguments; may contain `{prompt}`, `{prompt-file}`, `{model}` and `{schema-file}`. A nested list is left out if its placeholder has no value, and so is a flag before `{model}` or `{schema-file}`.',
      ),
    prompt: z
      .enum(['stdin', 'arg', 'file'])
      .optional()
      .describe(
        'How the prompt is passed; without a placeholder, `arg` and `file` put it last. Default: what the placeholders in `command` imply, otherwise `stdin`.',
      ),
    version: v.textOrList
      .optional()
      .describe(
        'For a built-in runtime, the exact version to run, which is installed if it is missing; for any other, the program and arguments that print its version.',
      ),
    safety: tiers
      .optional()
      .describe('Arguments that limit it to a tier of `safety`; tiers that are missing here are refused.'),
    parse: z
      .strictObject({
        format: z
          .enum(['text', 'json', 'ndjson'])
          .optional()
          .describe(
            'Format of its output; default `text`. JMESPaths see the document of `json`, or the list of lines of `ndjson`.',
          ),
        text: v.text.optional().describe('JMESPath of the answer; default `stdout`, all of the output.'),
        error: v.text.optional().describe('JMESPath of an error: if it finds anything, the instance fails.'),
        tools: v.text.optional().describe('JMESPath of the tool calls, which are shown while it runs.'),
        usage: z
          .strictObject({
            input: v.text
              .optional()
              .describe('JMESPath of the input tokens, without cached ones; several are added up.'),
            output: v.text.optional().describe('JMESPath of the output tokens, with reasoning.'),
            'cache-read': v.text.optional().describe('JMESPath of the input tokens read from a cache.'),
            'cache-write': v.text.optional().describe('JMESPath of the input tokens written to a cache.'),
            reasoning: v.text.optional().describe('JMESPath of the reasoning tokens, a part of the output.'),
          })
          .optional()
          .meta({ mustBe: 'a map of JMESPaths' })
          .describe('Where its output reports token usage; figures without a path are unknown.'),
        'cost-usd': v.text.optional().describe('JMESPath of the cost in US dollars.'),
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ format: json, text: answer }`' })
      .describe('How to read its output.'),
    env: v.variableNames
      .optional()
      .describe('Environment variables of its provider that are passed to it if they are set.'),
    simulate: z
      .record(z.string().regex(v.variablePattern), v.text)
      .optional()
      .meta({ mustBe: 'a map of variables such as `{ OPENAI_BASE_URL: "{base-url}/v1" }`' })
      .describe('Variables that direct it to the model of `--simulate`; may contain `{base-url}` and `{api-key}`.'),
    'untrusted-checkout': z
      .boolean()
      .optional()
      .describe(
        "Whether it may run in a stranger's checkout, because it obeys no configuration in it; default `false`.",
      ),
  })
  .meta({ mustBe: 'a map such as `{ command: [aider, --yes] }`', id: 'runtime' })
