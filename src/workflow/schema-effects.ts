import { z } from 'zod'
import * as v from './schema-values.ts'

const on = v.template.optional().describe('Number of the issue or pull request; default: that of the event.')
const max = v.count.optional().describe('Maximum number; default 1.')

/** `effects:`: what an instance may ask for on GitHub. */
export const effects = z
  .strictObject({
    issue: z
      .strictObject({
        title: v.template.optional().describe('Its title; default: the `title` that the answer has.'),
        key: v.template.optional().describe('Text that tells the issues of this instance apart.'),
        labels: v.texts.optional().describe('Labels it gets.'),
        max,
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ title: Nightly review }`' })
      .describe('An issue: opened once, then updated by every run until somebody closes it.'),
    comment: z
      .strictObject({ on, max })
      .optional()
      .meta({ mustBe: 'a map such as `{ max: 1 }`' })
      .describe('A comment on an issue or a pull request.'),
    labels: z
      .strictObject({
        allow: v.texts.describe('Names it may add; `*` stands for anything.'),
        on,
        max: v.count.optional().describe('Maximum number; default 3.'),
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ allow: [bug, area/*] }`' })
      .describe('Labels to add to an issue or a pull request.'),
    close: z
      .strictObject({ on })
      .optional()
      .meta({ mustBe: 'a map such as `{}`' })
      .describe('Closing an issue or a pull request.'),
    'pull-request': z
      .strictObject({
        title: v.template
          .optional()
          .describe('Its title, and that of its commit; default: the `title` that the answer has.'),
        branch: v.template
          .optional()
          .describe(
            'The branch it is made of; default: `orchestrator/`, the name of the file and the id of the instance.',
          ),
        base: v.template.optional().describe('The branch it is for; default: the one that the workflow runs on.'),
        labels: v.texts.optional().describe('Labels it gets.'),
        draft: z.boolean().optional().describe('Whether it is a draft; default `true`.'),
        'max-bytes': v.bytes.optional().describe('Maximum size of the files that changed; default `256KB`.'),
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ title: Fix the tests }`' })
      .describe('A pull request of what changed in its `workspace: worktree`: opened once, then updated by every run.'),
    push: z
      .strictObject({
        title: v.template.optional().describe('The message of the commit.'),
        'max-bytes': v.bytes.optional().describe('Maximum size of the files that changed; default `256KB`.'),
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ title: Format }`' })
      .describe('A commit on the pull request of the event, of what changed in its `workspace: worktree`.'),
  })
  .meta({ mustBe: 'a map such as `{ comment: { max: 1 } }`', id: 'effects' })
