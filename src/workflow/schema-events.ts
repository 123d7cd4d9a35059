import { z } from 'zod'
import { namePattern } from './name-pattern.ts'
import * as v from './schema-values.ts'
import { eventPresetPattern } from '../core/event-presets.ts'

/** `when` of a file. */
export const when = z
  .array(
    z.string().regex(eventPresetPattern).meta({
      mustBe:
        '`draft`, `fork`, `bot`, `label:NAME`, `author:LOGIN` or `paths:GLOB`, or one of them with `not-` before it',
    }),
  )
  .meta({ mustBe: 'a list such as `[not-draft, "label:review"]`' })

/** An entry of `commands`. */
export const command = z
  .strictObject({
    description: v.text.optional().describe('What `/orchestrate help` says about it.'),
    only: v.textOrList.optional().describe('Ids of the instances to run, together with those they need; default: all.'),
    inputs: z
      .record(z.string().regex(namePattern), v.text)
      .optional()
      .meta({ mustBe: 'a map of inputs' })
      .describe('Values for the file’s inputs.'),
    access: z
      .enum(['write', 'admin'])
      .optional()
      .describe('Access to the repository that the author of the comment must have; default `write`.'),
  })
  .meta({ mustBe: 'a map such as `{ only: [security] }`', id: 'command' })

/** An entry of `commands` as written. */
export type CommandEntry = z.infer<typeof command>
