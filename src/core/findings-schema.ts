import type { JsonObject } from './json.ts'

/** How bad a finding is, the worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const

/** How bad a finding is. */
export type Severity = (typeof severities)[number]

/**
 * JSON Schema of `output-schema: findings`: what a reviewing agent found. Strict in the way both the Anthropic and the
 * OpenAI CLI can enforce: every property required, none besides, null where there is nothing to say.
 */
export const findingsSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['findings', 'max-severity', 'summary'],
  properties: {
    findings: {
      type: 'array',
      description: 'Each problem once; empty when there is none.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [
          'path',
          'line',
          'endLine',
          'side',
          'evidence',
          'severity',
          'category',
          'rule',
          'title',
          'body',
          'suggestion',
          'confidence',
          'preExisting',
        ],
        properties: {
          path: { type: ['string', 'null'], description: 'Path relative to the root of the repository.' },
          line: { type: ['integer', 'null'], description: 'First line it concerns, counted from 1.' },
          endLine: { type: ['integer', 'null'], description: 'Last line, when there are several.' },
          side: {
            type: 'string',
            enum: ['right', 'left'],
            description:
              '`right`: the lines are of the new file. `left`: they are of the old file, for what is wrong with removing them.',
          },
          evidence: {
            type: ['string', 'null'],
            description:
              'The code it is about, at most a few whole lines, copied exactly as they stand in the file of that side; null when it is about none.',
          },
          severity: { type: 'string', enum: [...severities] },
          category: {
            type: ['string', 'null'],
            description: 'One word such as security, correctness, performance, tests, style.',
          },
          rule: {
            type: ['string', 'null'],
            description:
              'The kind of problem by a common name, such as CWE-89 or a rule of a linter; null when it has none.',
          },
          title: { type: 'string', description: 'The problem in one line.' },
          body: { type: 'string', description: 'Why it is one, and what follows from it.' },
          suggestion: {
            type: ['string', 'null'],
            description:
              'What to do about it. Where new code in place of exactly the lines from `line` to `endLine` does it: that code, in a fence ```suggestion.',
          },
          confidence: { type: ['number', 'null'], description: 'How sure you are, from 0 to 1.' },
          preExisting: {
            type: ['boolean', 'null'],
            description: 'True when it was there before the change under review; null when you do not know.',
          },
        },
      },
    },
    'max-severity': {
      type: 'string',
      enum: ['none', ...severities.toReversed()],
      description: 'The worst severity among the findings.',
    },
    summary: { type: 'string', description: 'The result in a sentence or two.' },
  },
}
