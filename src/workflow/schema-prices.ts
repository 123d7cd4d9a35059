import { z } from 'zod'

const rate = z.number().min(0).meta({ mustBe: 'a number of US dollars' })

const rates = {
  input: rate.describe('Tokens of the prompt that were neither read from nor written to a cache.'),
  output: rate.describe('Tokens of the answer, including reasoning.'),
  'cache-read': rate.optional().describe('Tokens read from the cache; default: as `input`.'),
  'cache-write': rate.optional().describe('Tokens written to the cache; default: as `input`.'),
  'cache-write-1h': rate.optional().describe('Tokens written to a cache for an hour; default: as `cache-write`.'),
}

/** `prices:`: what models cost. */
export const prices = z
  .record(
    z.string().regex(/\S/),
    z
      .strictObject({
        ...rates,
        tiers: z
          .array(
            z
              .strictObject({
                above: z
                  .number()
                  .int()
                  .min(0)
                  .meta({ mustBe: 'a number of tokens' })
                  .describe('Number of tokens in the prompt of one request above which these rates apply.'),
                ...rates,
              })
              .meta({ mustBe: 'a map such as `{ above: 200000, input: 6, output: 22.5 }`' }),
          )
          .optional()
          .meta({ mustBe: 'a list such as `[{ above: 200000, input: 6, output: 22.5 }]`' })
          .describe('Rates for requests with longer prompts; they apply to the whole request.'),
      })
      .meta({ mustBe: 'a map such as `{ input: 3, output: 15 }`', id: 'price' }),
  )
  .optional()
  .meta({ mustBe: 'a map such as `{ my-model: { input: 3, output: 15 } }`' })
  .describe('What models cost, in US dollars per million tokens; overrides what a CLI or a list says.')
