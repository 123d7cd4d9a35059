import { z } from 'zod'
import { namePattern } from './name-pattern.ts'
import * as v from './schema-values.ts'

const on = v.template.optional().describe("Number of the issue or pull request; default: the event's.")
const max = v.count.optional().describe('Maximum number; default 1.')
const prefix = v.text.optional().describe('Text that its title begins with.')
const paths = z
  .array(v.text)
  .min(1)
  .meta({ mustBe: 'a list of globs such as `[src/**]`' })
  .optional()
  .describe(
    'The only files that may change, as `paths` filters of GitHub Actions; default: all files that are not protected.',
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
        title: v.template.optional().describe('Its title; default: the `title` in the answer.'),
        'title-prefix': prefix,
        key: v.template.optional().describe('Text that distinguishes the issues of this instance.'),
        labels: v.texts.optional().describe('Labels it gets.'),
        expires: v.age
          .optional()
          .describe(
            'How long it stays open if nobody touches it: after that, a run that has nothing to say about it closes it.',
          ),
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
          .describe('Its title, and the title of its commit; default: the `title` in the answer.'),
        'title-prefix': prefix,
        body: v.template.optional().describe('Its text; default: the `body` in the answer, or the text of the answer.'),
        branch: v.template
          .optional()
          .describe('Its head branch; default: `orchestrator/`, the name of the file and the id of the instance.'),
        base: v.template.optional().describe('Its base branch; default: the branch that the workflow runs on.'),
        labels: v.texts.optional().describe('Labels it gets.'),
        reviewers: v.texts.optional().describe('Logins of people who are asked to review it.'),
        'team-reviewers': v.texts
          .optional()
          .describe("Teams that are asked to review it, by slug; the job's own token cannot do this."),
        draft: z.boolean().optional().describe('Whether it is a draft; default `true`.'),
        branches,
        paths,
        'max-bytes': maxBytes,
      })
      .optional()
      .meta({ mustBe: 'a map such as `{ title: Fix the tests }`' })
      .describe(
        'A pull request with the changes in its `workspace: worktree`: opened once, then updated by every run.',
      ),
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
      .describe("A commit on the event's pull request, with the changes in its `workspace: worktree`."),
    dispatch: z
      .strictObject({
        allow: v.texts.describe(
          'Names of the workflow files it may start, such as `deploy.yml`; `*` stands for anything.',
        ),
        ref: v.template
          .optional()
          .describe('Branch or tag they run on; default: the branch that this workflow runs on.'),
        inputs: z
          .record(z.string().regex(namePattern), v.template)
          .optional()
          .meta({ mustBe: 'a map of strings' })
          .describe('Inputs they get.'),
        'allow-inputs': v.texts.optional().describe('Inputs that the answer may set; default: none.'),
        mark: v.name
          .optional()
          .describe(
            'An input of the workflow that gets an id and is shown in its `run-name`, so that a repeated run can tell whether the workflow was already started.',
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
  .strictObject({
    max: most,
    allow: v.texts.optional().describe('The only names that are allowed; `*` stands for anything.'),
  })
  .optional()
  .meta({ mustBe: 'a map such as `{ allow: [bug] }`' })

/** `effects:` of the file: what all its instances may do together. */
export const effectBounds = z
  .strictObject({
    max: v.count.optional().describe('Maximum number in the whole run, all kinds together.'),
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
      name: v.name.describe('Name of the memory; instances that use the same name share it.'),
      'max-bytes': v.bytes.optional().describe('Maximum size of all its files; default `256KB`.'),
      'max-files': v.count.optional().describe('Maximum number of its files; default 20.'),
    }),
  ])
  .meta({ mustBe: 'a name or a map such as `{ name: notes, max-files: 5 }`' })
