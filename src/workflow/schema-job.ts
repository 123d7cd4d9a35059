import { z } from 'zod'

/** A label of a runner. */
const runnerLabel = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_. -]{0,255}$/)
  .meta({ mustBe: 'a label of a runner such as `ubuntu-latest`' })

/** The name of an environment of GitHub, at most 255 characters long there. */
const githubEnvironment = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_./ -]{0,254}$/)
  .meta({ mustBe: 'the name of an environment of GitHub such as `production`' })

/** What an instance asks of the job of GitHub that runs it. */
export const jobKeys = {
  'runs-on': z
    .union([runnerLabel, z.array(runnerLabel).min(1)])
    .optional()
    .meta({ mustBe: 'a label of a runner such as `ubuntu-latest`, or a list of labels', perCell: true })
    .describe(
      'Labels of the runner for it, as in Actions, if the run is spread over jobs. In a run with a single job it runs where that job runs, and a notice says so.',
    ),
  environment: githubEnvironment
    .optional()
    .meta({ perCell: true })
    .describe(
      'GitHub environment that its job needs, if the run is spread over jobs: it starts once the protection rules let that job begin. In any other run it fails without starting.',
    ),
}
