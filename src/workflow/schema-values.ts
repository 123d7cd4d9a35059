import { z } from 'zod'

/*
 * The small shapes of the schema. Metadata beyond `description` steers the validator and the generated files:
 * `wants` is how a message names the shape ("`delay` wants a duration such as `30s`"), `text` turns numbers and
 * booleans into the text they were written as, `template` says that expressions may stand in it, `perCell` lets the value be `${{ matrix.x }}` of a static matrix.
 */

/** Pattern of ids, agent names, output names: a letter or `_`, then letters, digits, `-` and `_`, as in Actions. */
export const namePattern = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/

/** Pattern of environment variable names. */
export const variablePattern = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Text; a number or boolean is taken as it is written. */
export const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .meta({ wants: 'text', text: true, id: 'text' })

/** Text that may hold expressions. */
export const template = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .meta({ wants: 'text', text: true, template: true, id: 'template' })

/** A list of texts that may hold expressions. */
export const templates = z.array(template).meta({ wants: 'a list of texts' })

/** A list of texts. */
export const texts = z.array(text).meta({ wants: 'a list of texts' })

/** One text or a list of them. */
export const textOrList = z.union([text, texts]).meta({ wants: 'text or a list of texts' })

/** An id of an instance, agent or runtime. */
export const name = z.string().regex(namePattern).meta({ wants: 'a name of letters, digits, `-` and `_`', id: 'name' })

/** One `${{ }}` and nothing around it. */
export const expression = z
  .string()
  .regex(/^\s*\$\{\{[^]*\}\}\s*$/)
  .meta({ wants: 'an expression `${{ … }}`', template: true, id: 'expression' })

/** A length of time. */
export const duration = z
  .string()
  .regex(/^(\d+(\.\d+)?(ms|s|m|h))+$/)
  .meta({ wants: 'a duration such as `30s`, `5m` or `1h30m`', id: 'duration' })

/** An amount of bytes. */
export const bytes = z
  .string()
  .regex(/^\d+(\.\d+)?\s*([KMGT]i?)?B$/i)
  .meta({ wants: 'an amount of bytes such as `512MB` or `2GB`', id: 'bytes' })

/** A number of minutes that a timer can count. */
export const minutes = z.number().gt(0).lte(35_000).meta({ wants: 'a number above 0' })

/** A number above zero. */
export const positive = z.number().gt(0).meta({ wants: 'a number above 0' })

/** A whole number from one. */
export const count = z.int().gte(1).meta({ wants: 'a whole number from 1' })

/** A whole number from zero. */
export const countFromZero = z.int().gte(0).meta({ wants: 'a whole number from 0' })

/** Environment variables. */
export const environment = z
  .record(z.string().regex(variablePattern), template)
  .meta({ wants: 'a map of variables', id: 'environment' })

/** Names of environment variables. */
export const variableNames = z
  .array(z.string().regex(variablePattern).meta({ wants: 'the name of an environment variable' }))
  .meta({ wants: 'a list of names of environment variables' })

/** A JSON Schema or another map that is handed on as it is. */
export const freeMap = z.record(z.string(), z.unknown()).meta({ wants: 'a map' })

/** A spending limit. */
export const budget = z
  .strictObject({
    tokens: count.optional().describe('Most tokens, of all kinds together.'),
    'cost-usd': positive.optional().describe('Most US dollars.'),
    'warn-at': z
      .number()
      .gt(0)
      .lte(1)
      .optional()
      .meta({ wants: 'a fraction above 0, at most 1', description: 'Fraction at which to warn; default 0.8.' }),
    'on-exceeded': z
      .enum(['stop', 'cancel', 'warn'])
      .optional()
      .describe(
        'What happens at the limit: `stop` starts nothing more (default), `cancel` also ends what runs, `warn` only says so.',
      ),
  })
  .meta({ wants: 'a map such as `{ tokens: 500000, cost-usd: 2 }`', id: 'budget' })

/** An edge's condition. */
export const when = z
  .union([z.enum(['success', 'failure', 'completed', 'skipped', 'always']), expression])
  .meta({ wants: '`success`, `failure`, `completed`, `skipped`, `always` or an expression', id: 'when' })

/** One entry of `needs`. */
export const edge = z
  .strictObject({
    instance: text.describe('Id of the instance that must end first.'),
    when: when
      .optional()
      .describe(
        'Outcome that takes the edge: `success` (default), `failure`, `completed` (either), `skipped`, `always`, or an expression over it.',
      ),
    delay: duration.optional().describe("Time between the upstream's end and the earliest start."),
    'continue-on-failure': z.boolean().optional().describe('`true` is `when: completed`.'),
  })
  .meta({ wants: 'a map such as `{ instance: tests, when: failure }`', id: 'edge' })

/** When a failed attempt is made again. */
export const retry = z
  .union([
    countFromZero.meta({ perCell: true }),
    z.strictObject({
      attempts: count.optional().describe('Attempts in all; default 3.'),
      on: z
        .array(z.enum(['rate-limit', 'overloaded', 'timeout', 'crash', 'failure', 'no-output', 'invalid-output']))
        .min(1)
        .optional()
        .describe('Classes of failure that are tried again; default all.'),
      backoff: duration.optional().describe('First wait, doubled each time; default 2s.'),
      'max-backoff': duration.optional().describe('Longest wait; default 60s.'),
    }),
  ])
  .meta({ wants: 'a number of retries or a map such as `{ attempts: 3, on: [timeout] }`', id: 'retry' })
