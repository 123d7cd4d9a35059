import { z } from 'zod'
import { namePattern } from './name-pattern.ts'
import * as v from './schema-values.ts'

const on = v.template.optional().describe('Number of the issue or pull request; default: that of the event.')
const max = v.count.optional().describe('Maximum number; default 1.')
const prefix = v.text.optional().describe('What its title begins with.')
const paths = z
  .array(v.text)
  .min(1)
  .meta({ mustBe: 'a list of globs such as `[src/**]`' })
  .optional()
  .describe(
    'The only files that may change, as `paths` filters of GitHub Actions; default: all that are not protected.',
  )
const branches = v.texts
  .optional()
  .describe('Names of the branches it may be made on; `*` stands for anything. Default: any.')
const maxBytes = v.bytes.optional().describe('Maximum size of the files that changed; default `256KB`.')

/** `effects:` of an instance: what it may ask for on GitHub. */
export const effects = z
  .strictObject({
    issue: z
      .strictObject({
        title: v.template.optional().describe('Its title; default: the `title` that the answer has.'),
        'title-prefix': prefix,
        key: v.template.optional().describe('Text that tells the issues of this instance apart.'),
        labels: v.texts.optional().describe('Labels it gets.'),
        expires: v.age
          .optional()
          .describe('How long it stays open untouched: a later run that has nothing to say of it closes it then.'),
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
        'title-prefix': prefix,
        body: v.template.optional().describe('Its text; default: the `body` that the answer has, or its text.'),
        branch: v.template
          .optional()
          .describe(
            'The branch it is made of; default: `orchestrator/`, the name of the file and the id of the instance.',
          ),
        base: v.template.optional().describe('The branch it is for; default: the one that the workflow runs on.'),
        labels: v.texts.optional().describe('Labels it gets.'),
        reviewers: v.texts.optional().describe('Logins of people who are asked to review it.'),
        'team-reviewers': v.texts
          .optional()
          .describe("Teams that are asked to review it, by slug; the job's own token may not ask them."),
        draft: z.boolean().optional().describe('Whether it is a draft; default `true`.'),
        branches,
        paths,
        'max-bytes': maxBytes,
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ title: Fix the tests }`' })
      .describe('A pull request of what changed in its `workspace: worktree`: opened once, then updated by every run.'),
    push: z
      .strictObject({
        title: v.template
          .optional()
          .describe('The message of the commit; default: `Changes by` and the id of the instance.'),
        branches,
        paths,
        'max-bytes': maxBytes,
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ title: Format }`' })
      .describe('A commit on the pull request of the event, of what changed in its `workspace: worktree`.'),
    dispatch: z
      .strictObject({
        allow: v.texts.describe(
          'Names of the workflow files it may start, such as `deploy.yml`; `*` stands for anything.',
        ),
        ref: v.template
          .optional()
          .describe('The branch or tag they run on; default: the branch that the workflow runs on.'),
        inputs: z
          .record(z.string().regex(namePattern), v.template)
          .optional()
          .meta({ mustBe: 'a map of strings' })
          .describe('Inputs they are given.'),
        'allow-inputs': v.texts.optional().describe('Inputs that the answer may set; default: none.'),
        mark: v.name
          .optional()
          .describe(
            'An input of the workflow that gets an id which its `run-name` shows: so a run that is made again knows whether it was started.',
          ),
        max,
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ allow: [deploy.yml] }`' })
      .describe('Runs of other workflows (`workflow_dispatch`); their ids become outputs.'),
  })
  .meta({ mustBe: 'a map such as `{ comment: { max: 1 } }`', id: 'effects' })

const most = v.count.optional().describe('Maximum number in the whole run.')
const bounds = z.strictObject({ max: most }).optional().meta({ mustBe: 'a map such as `{ max: 1 }`' })
const patchBounds = z
  .strictObject({ max: most, branches, paths, 'max-bytes': v.bytes.optional().describe('Maximum size of each.') })
  .optional()
  .meta({ mustBe: 'a map such as `{ paths: [src/**] }`' })
const allowBounds = z
  .strictObject({ max: most, allow: v.texts.optional().describe('The only names; `*` stands for anything.') })
  .optional()
  .meta({ mustBe: 'a map such as `{ allow: [bug] }`' })

/** `effects:` of the file: what all its instances may do together. */
export const effectBounds = z
  .strictObject({
    max: v.count.optional().describe('Maximum number of all kinds together in the whole run.'),
    issue: bounds.describe('Issues.'),
    comment: bounds.describe('Comments.'),
    labels: allowBounds.describe('Labels.'),
    close: bounds.describe('Closing issues and pull requests.'),
    'pull-request': patchBounds.describe('Pull requests.'),
    push: patchBounds.describe('Commits on the pull request of the event.'),
    dispatch: allowBounds.describe('Runs of other workflows.'),
  })
  .meta({ mustBe: 'a map such as `{ issue: { max: 1 } }`', id: 'effectBounds' })

/** `memory:`: what an instance remembers from one run to the next. */
export const memory = z
  .union([
    v.name,
    z.strictObject({
      name: v.name.describe('The name it is kept under; instances that name the same share it.'),
      'max-bytes': v.bytes.optional().describe('Maximum size of all its files; default `256KB`.'),
      'max-files': v.count.optional().describe('Maximum number of its files; default 20.'),
    }),
  ])
  .meta({ mustBe: 'a name or a map such as `{ name: notes, max-files: 5 }`' })
