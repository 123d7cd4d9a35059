import { z } from 'zod'
import { namePattern } from './name-pattern.ts'
import * as v from './schema-values.ts'

const matrixVector = z
  .union([z.array(z.unknown()).min(1), v.expression])
  .meta({ mustBe: 'a list of values or an expression' })
const combinations = z.union([z.array(v.freeMap), v.expression]).meta({ mustBe: 'a list of maps or an expression' })

/** Keys of `strategy`, but those of variants. */
export const strategyKeys = {
  matrix: z
    .union([
      v.expression,
      z
        .object({
          include: combinations.optional().describe('Values to add to combinations, or additional combinations.'),
          exclude: combinations.optional().describe('Combinations to leave out.'),
        })
        .catchall(matrixVector),
    ])
    .optional()
    .meta({ mustBe: 'a map of lists or an expression' })
    .describe(
      'One instance for each combination of these lists, by the rules of Actions; an expression is expanded during the run.',
    ),
  'max-parallel': v.count.optional().describe('Maximum number running at once.'),
  'max-instances': v.count
    .optional()
    .describe(
      'Maximum number of instances of the matrix that run: the first ones, in its order. The others are skipped and reported by name.',
    ),
  'fail-fast': z
    .boolean()
    .optional()
    .describe('Whether the first failure cancels the others; default `true` with a matrix.'),
}

const ofVariant = z.string().regex(namePattern)

/** `strategy.choose`. */
export const choose = z
  .union([
    z.enum(['commit', 'label', 'all']),
    z.strictObject({
      weights: z
        .record(ofVariant, v.positive)
        .optional()
        .meta({ mustBe: 'a map such as `{ a: 9, b: 1 }`' })
        .describe(
          'Chooses by the commit: how often each variant runs in relation to the others; 1 if it is not named.',
        ),
      labels: z
        .record(ofVariant, v.text)
        .optional()
        .meta({ mustBe: 'a map such as `{ b: try-b }`' })
        .describe('Chooses by a label: the label for each variant; `<instance>:<variant>` if it is not named.'),
    }),
  ])
  .meta({ mustBe: '`commit`, `label`, `all` or a map such as `{ weights: { a: 9, b: 1 } }`' })
  .describe(
    'Which variants run: one by the hash of the commit and the id of the instance (`commit`, default); the first whose label `<instance>:<variant>` the pull request or issue has, otherwise the first variant (`label`); or `all`, side by side.',
  )
