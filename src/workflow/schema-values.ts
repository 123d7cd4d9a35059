import { z } from 'zod'
import { namePattern } from './name-pattern.ts'

/*
 * The small shapes of the schema. Metadata beyond `description` steers the validator and the generated files:
 * `mustBe` is how a message names the shape ("`delay` must be a duration such as `30s`"), `text` turns numbers and
 * booleans into the text they were written as, `template` says that expressions may stand in it, `perCell` lets the value be `${{ matrix.x }}` of a static matrix,
 * `structure` says that no expression may stand for it, `unsupported` that nothing acts on it yet.
 */

/** Pattern of environment variable names. */
export const variablePattern = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Text; a number or boolean is taken as it is written. */
export const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .meta({ mustBe: 'a string', text: true, id: 'text' })

/** Text that may hold expressions. */
export const template = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .meta({ mustBe: 'a string', text: true, template: true, id: 'template' })

/** A list of texts that may hold expressions. */
export const templates = z.array(template).meta({ mustBe: 'a list of strings' })

/** A list of texts. */
export const texts = z.array(text).meta({ mustBe: 'a list of strings' })

/** One text or a list of them. */
export const textOrList = z.union([text, texts]).meta({ mustBe: 'a string or a list of strings' })

/** An id of an instance, agent or runtime. */
export const name = z.string().regex(namePattern).meta({ mustBe: 'a name of letters, digits, `-` and `_`', id: 'name' })

/** One `${{ }}` and nothing around it. */
export const expression = z
  .string()
  .regex(/^\s*\$\{\{[^]*\}\}\s*$/)
  .meta({ mustBe: 'an expression `${{ … }}`', template: true, id: 'expression' })

/** The session of another instance. */
export const session = z
  .string()
  .regex(/^(?:continue|fork) [A-Za-z_][A-Za-z0-9_.-]*$/)
  .meta({ mustBe: '`continue` or `fork` and an instance, such as `continue review`', id: 'session' })
  .describe(
    'Continues the conversation of an instance that it needs: `continue review` continues it, `fork review` continues a copy in a session of its own. For `claude` and `codex`; both instances must run on the same one.',
  )

/** A length of time. */
export const duration = z
  .string()
  .regex(/^(\d+(\.\d+)?(ms|s|m|h))+$/)
  .meta({ mustBe: 'a duration such as `30s`, `5m` or `1h30m`', id: 'duration' })

/** A time in hours, days or weeks. */
export const age = z
  .string()
  .regex(/^\d+(h|d|w)$/)
  .meta({ mustBe: 'a time such as `12h`, `7d` or `2w`' })

/** An amount of bytes. */
export const bytes = z
  .string()
  .regex(/^\d+(\.\d+)?\s*([KMGT]i?)?B$/i)
  .meta({ mustBe: 'a size such as `512MB` or `2GB`', id: 'bytes' })

/** A part of a whole. */
export const fraction = z.number().gt(0).lte(1).meta({ mustBe: 'a fraction above 0 and at most 1' })

/** A number of minutes that a timer can count. */
export const minutes = z.number().gt(0).lte(35_000).meta({ mustBe: 'a number above 0' })

/** A number above zero. */
export const positive = z.number().gt(0).meta({ mustBe: 'a number above 0' })

/** A whole number from one. */
export const count = z.int().gte(1).meta({ mustBe: 'a whole number above 0' })

/** A whole number from zero. */
export const countFromZero = z.int().gte(0).meta({ mustBe: 'a whole number, 0 or above' })

/** Environment variables. */
export const environment = z
  .record(z.string().regex(variablePattern), template)
  .meta({ mustBe: 'a map of variables', id: 'environment' })

/** Names of environment variables. */
export const variableNames = z
  .array(z.string().regex(variablePattern).meta({ mustBe: 'the name of an environment variable' }))
  .meta({ mustBe: 'a list of environment variable names' })

/** A JSON Schema or another map that is handed on as it is. */
export const freeMap = z.record(z.string(), z.unknown()).meta({ mustBe: 'a map' })

/** A spending limit. */
export const budget = z
  .strictObject({
    tokens: count.optional().describe('Maximum number of tokens, all kinds together.'),
    'cost-usd': positive.optional().describe('Maximum cost in US dollars.'),
    'warn-at': fraction.optional().describe('Fraction at which to warn; default 0.8.'),
    'on-exceeded': z
      .enum(['stop', 'cancel', 'warn'])
      .optional()
      .describe(
        'What happens at the limit: `stop` starts nothing new (default), `cancel` also ends what is running, `warn` only reports it.',
      ),
  })
  .meta({ mustBe: 'a map such as `{ tokens: 500000, cost-usd: 2 }`', id: 'budget' })

/** Whether agents that begin with the same pay for it once. */
export const sharePrefix = z
  .enum(['off', 'auto'])
  .describe(
    "Whether Claude agents with the same model, instructions, tools and `attach` send the attachments first, marked for the provider's cache, while the others wait for the first token of the one that starts first: `auto`, or `off` (default).",
  )

/** What is kept of the run's budget for one instance. */
export const reserve = z.strictObject({
  tokens: count.optional().describe('Tokens reserved for it.'),
  'cost-usd': positive.optional().describe('US dollars reserved for it.'),
})

/** What the run's budget holds for. */
export const budgetPeriod = z
  .enum(['run', 'day', 'week'])
  .describe(
    'What the budget covers: each `run` alone (default), or all runs of this name in this repository within a `day` (UTC) or `week` (from Monday), as far as the history knows them.',
  )

/** An edge's condition. */
export const when = z
  .union([z.enum(['success', 'failure', 'completed', 'skipped', 'always']), expression])
  .meta({ mustBe: '`success`, `failure`, `completed`, `skipped`, `always` or an expression', id: 'when' })

/** How many entries of `needs` must hold. */
export const join = z
  .union([
    z.enum(['all', 'any']),
    z.strictObject({
      'at-least': count.describe('Minimum number of entries of `needs` that must hold.'),
      'cancel-rest': z
        .boolean()
        .optional()
        .describe('Whether the instances of the other entries are cancelled once that many hold; default `false`.'),
    }),
  ])
  .meta({ mustBe: '`all`, `any` or a map such as `{ at-least: 2 }`', id: 'join' })

/** One entry of `needs`. */
export const edge = z
  .strictObject({
    instance: text.optional().describe('Id of the instance that must end first.'),
    run: text
      .optional()
      .describe(
        'Instead of `instance`, another orchestration: a workflow file such as `nightly.yml`, or its name. Its newest finished run is the upstream.',
      ),
    as: z
      .string()
      .regex(namePattern)
      .optional()
      .meta({ mustBe: 'a name such as `nightly`' })
      .describe('Name of that run in `needs`; default: `run` without `.yml`.'),
    branch: text
      .optional()
      .describe(
        'Branch whose runs count; default: the default branch. On your own machine the runs of every branch count.',
      ),
    'max-age': age.optional().describe('Maximum time since that run ended; default: as long as its record is kept.'),
    optional: z
      .boolean()
      .optional()
      .describe('Whether this instance also starts if no such run counts; default `false`.'),
    when: when
      .optional()
      .describe(
        'Outcome after which this instance starts: `success` (default), `failure`, `completed` (either), `skipped`, `always`, or an expression over the outcome.',
      ),
    delay: duration.optional().describe('How long to wait after the other instance ends.'),
    'continue-on-failure': z.boolean().optional().describe('`true` means `when: completed`.'),
    'at-least': count
      .optional()
      .describe(
        'For a matrix or group: how many of its members must end that way; the instance does not wait for the others.',
      ),
    'cancel-rest': z
      .boolean()
      .optional()
      .describe('Whether the other members are cancelled once that many have; default `false`.'),
  })
  .meta({ mustBe: 'a map such as `{ instance: tests, when: failure }`', id: 'edge' })

/** How often a sequence is repeated. */
export const repeat = z
  .strictObject({
    until: z
      .string()
      .meta({ mustBe: 'a condition', template: true })
      .describe(
        'Condition over the results of a round, evaluated when the round has ended; `${{ }}` may be omitted. Once it holds, there is no further round.',
      ),
    max: z
      .int()
      .gte(1)
      .lte(100)
      .meta({ mustBe: 'a whole number from 1 to 100' })
      .describe('Maximum number of rounds, including the first.'),
    'on-exhausted': z
      .enum(['failure', 'success'])
      .optional()
      .describe(
        'What happens if `until` does not hold after the last round: the group fails (`failure`, default), or this is forgiven (`success`).',
      ),
  })
  .meta({ mustBe: 'a map such as `{ until: success(), max: 5 }`', id: 'repeat' })

/** When a failed attempt is made again. */
export const retry = z
  .union([
    countFromZero.meta({ perCell: true }),
    z.strictObject({
      attempts: count.optional().describe('Total number of attempts; default 3.'),
      on: z
        .array(z.enum(['rate-limit', 'overloaded', 'timeout', 'crash', 'failure', 'no-output', 'invalid-output']))
        .min(1)
        .optional()
        .describe('Which kinds of failure are retried; default all.'),
      backoff: duration.optional().describe('Wait before the first retry, doubled each time; default 2s.'),
      'max-backoff': duration.optional().describe('Longest wait; default 60s.'),
    }),
  ])
  .meta({ mustBe: 'a number of retries or a map such as `{ attempts: 3, on: [timeout] }`', id: 'retry' })
