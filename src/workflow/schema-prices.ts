import { z } from 'zod'

const rate = z.number().min(0).meta({ mustBe: 'a number of US dollars' })

const rates = {
  input: rate.describe('Tokens of the prompt that no cache gave or took.'),
  output: rate.describe('Tokens of the answer, reasoning included.'),
  'cache-read': rate.optional().describe('Tokens that the cache gave; default: as `input`.'),
  'cache-write': rate.optional().describe('Tokens that the cache took; default: as `input`.'),
  'cache-write-1h': rate.optional().describe('Tokens that a cache took for an hour; default: as `cache-write`.'),
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
                  .describe('Tokens of the prompt of one request.'),
                ...rates,
              })
              .meta({ mustBe: 'a map such as `{ above: 200000, input: 6, output: 22.5 }`' }),
          )
          .optional()
          .meta({ mustBe: 'a list such as `[{ above: 200000, input: 6, output: 22.5 }]`' })
          .describe('Rates of requests with longer prompts; they hold for the whole request.'),
      })
      .meta({ mustBe: 'a map such as `{ input: 3, output: 15 }`', id: 'price' }),
  )
  .optional()
  .meta({ mustBe: 'a map such as `{ my-model: { input: 3, output: 15 } }`' })
  .describe('What models cost, in US dollars per million tokens; holds over what a CLI or a list says.')
