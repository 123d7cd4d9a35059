import type { JsonObject } from './json.ts'

/** Keys of the matrix of what verifies: the finding, the reports it was made of, and the number of the vote on it. */
export const verificationKeys: ReadonlySet<string> = new Set(['candidate', 'reports', 'vote'])

/**
 * JSON Schema of the answer of an agent that verifies a finding, strict as that of findings is. A refutation without code that shows it is
 * none: it hides what somebody has found.
 */
export const verificationSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['verdict', 'reason', 'evidence'],
  properties: {
    verdict: {
      type: 'string',
      enum: ['confirmed', 'plausible', 'refuted'],
      description:
        '`refuted` when the code shows that it is wrong or cannot happen, `confirmed` when the code shows that it happens, otherwise `plausible`.',
    },
    reason: { type: 'string', description: 'Why, in a sentence or two.' },
    evidence: {
      type: 'array',
      description: 'The code that shows it; empty when there is none, and then nothing is refuted.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'line', 'quote'],
        properties: {
          path: { type: 'string', description: 'Path relative to the root of the repository.' },
          line: { type: ['integer', 'null'], description: 'First line of the quote, counted from 1.' },
          quote: { type: 'string', description: 'A few whole lines, copied exactly as they stand in the file.' },
        },
      },
    },
  },
}
