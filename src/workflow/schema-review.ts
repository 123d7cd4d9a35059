import { z } from 'zod'
import { severities } from '../core/findings-schema.ts'
import { identityKeys } from './schema-agent.ts'
import { policyKeys } from './schema-instance.ts'
import * as v from './schema-values.ts'

const { 'output-schema': _schema, ...agentKeys } = identityKeys
const { attach, limits, priority, concurrency, 'working-directory': workingDirectory } = policyKeys

/** What posts findings as a review; may stand in `review` and in `report.review`. */
export const postingKeys = {
  verdict: z
    .enum(['comment', 'request-changes'])
    .optional()
    .describe(
      'Whether the review only comments (`comment`, default), or requests changes if the verdict is `findings` and dismisses that request if it is `clean`. It never approves.',
    ),
  'max-comments': v.count.optional().describe('Maximum number of comments on lines; default 30.'),
}

/** `report.fail-on`. */
export const failOn = z
  .strictObject({
    severity: z.enum(severities).describe('Lowest severity of a finding that fails the run.'),
    agents: v.count.optional().describe('Minimum number of instances that must report the finding; default 1.'),
    confidence: v.fraction
      .optional()
      .describe('Minimum confidence of a finding, from 0 to 1; a finding without one counts.'),
    state: z
      .enum(['confirmed', 'plausible'])
      .optional()
      .describe(
        'What `review.verify` must have concluded: `confirmed`, or at least `plausible`; default: anything except refuted.',
      ),
    'new-only': z
      .boolean()
      .optional()
      .describe(
        'Whether only new findings fail the run, and not those that an earlier review of the same pull request already had; default `false`.',
      ),
  })
  .optional()
  .meta({ mustBe: 'a map such as `{ severity: high }`' })
  .describe('Which findings fail the run.')

/** `review:`, what counts as a finding of the run and how findings are checked. */
export const review = z
  .strictObject({
    'min-agents': v.count.optional().describe('Minimum number of instances that must report a finding; default 1.'),
    'min-confidence': v.fraction
      .optional()
      .describe('Minimum confidence of a finding, from 0 to 1; a finding without one counts.'),
    'min-severity': z.enum(severities).optional().describe('Lowest severity of a finding; default `info`.'),
    categories: v.texts
      .optional()
      .describe('Categories that count, such as `[security, correctness]`; a finding without one counts too.'),
    'pre-existing': z
      .boolean()
      .optional()
      .describe(
        'Whether findings count if all their reporters say that they existed before the change under review; default `true`.',
      ),
    verify: z
      .strictObject({
        max: v.count.optional().describe('Maximum number of findings that are verified, the worst first; default 16.'),
        votes: v.count
          .optional()
          .describe('Number of agents that verify each finding; the majority decides. Default 1.'),
        'max-parallel': v.count.optional().describe('Maximum number of them running at once.'),
        prompt: v.template
          .optional()
          .describe(
            'What they are asked, instead of the built-in question; `${{ toJSON(matrix.candidate) }}` is the finding.',
          ),
        agent: v.name.optional().describe('Entry of `agents:` that verifies.'),
        attach,
        limits,
        priority,
        concurrency,
        'working-directory': workingDirectory,
        ...agentKeys,
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ agent: skeptic, max: 16 }`' })
      .describe(
        'Gives each finding to a fresh agent that tries to refute it with the code at hand. Refuted findings no longer count. The instances are the matrix `verify`.',
      ),
    ...postingKeys,
  })
  .meta({ mustBe: 'a map such as `{ min-severity: low, verify: { model: haiku } }`', id: 'review' })
