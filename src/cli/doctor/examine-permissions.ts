import { join } from 'node:path'
import { neededPermissions } from '../../core/needed-permissions.ts'
import type { Plan } from '../../core/plan.ts'
import { readNamedText } from '../../process/read-named-file.ts'
import { namesIn } from '../../process/names-in.ts'
import { orchestratingJobs } from '../../workflow/job-permissions.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Finding } from './examine-plan.ts'

/** Where the workflows of a repository are. */
export const folder = '.github/workflows'

/** Whether the jobs of the repository's workflows that run this file give their token what it needs. */
export function examinePermissions(plan: Plan, { root }: Surroundings): Finding[] {
  const path = plan.source?.path
  if (path === undefined) return []
  return workflowNames(root).flatMap((name) =>
    orchestratingJobs(readWorkflow(root, name), path).flatMap(({ job, isPullRequest, writes }) => {
      const place = `${folder}/${name}, job ${job}`
      return neededPermissions(plan, isPullRequest).map(({ scope, or, what, wantedBy }): Finding => {
        const about = { kind: 'permission', what: `${scope}: write`, wantedBy } as const
        if (writes === undefined)
          return {
            ...about,
            state: 'uncertain',
            detail: `${what} needs it; ${place} leaves it to the repository's setting`,
            fix: lineFor(scope),
          }
        if (writes(scope) || (or !== undefined && writes(or))) return { ...about, state: 'fine', detail: place }
        return {
          ...about,
          state: 'missing',
          detail: `${what} needs it, and ${place} does not give it`,
          fix: lineFor(scope),
        }
      })
    }),
  )
}

const lineFor = (scope: string): string => `add \`${scope}: write\` to the \`permissions\` of the job`

/** The names of the files in `.github/workflows`; none where there is no such folder. */
export function workflowNames(root: string): string[] {
  return namesIn(join(root, folder)).filter((name) => /\.ya?ml$/.test(name))
}

/** The text of a workflow; nothing where no file stands under its name that could be committed. */
export function readWorkflow(root: string, name: string): string {
  return readNamedText(join(root, folder, name)) ?? ''
}
