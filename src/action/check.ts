import { asksForPaths, unmetPreset } from '../core/event-presets.ts'
import { messageOf } from '../core/message-of.ts'
import { escapeMarkdown } from '../report/markdown-text.ts'
import { formatPlural } from '../report/quantities.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { annotationsOf, writeAnnotations } from '../github/annotations.ts'
import { renderDiagnostics } from '../report/diagnostic-text.ts'
import { countInstances, planChecked, type NewFile, type Planned } from './plan.ts'
import type { ActionStep } from './step.ts'

/** Validates files as the working tree has them, a pull request's own as well: nothing of them is run. Whether all are right. */
export async function check(step: ActionStep, inputs: ActionInputs): Promise<boolean> {
  const checked = await planChecked(step, inputs)
  for (const [index, planned] of checked.entries()) {
    showProblems(step, planned)
    if (planned.plan !== undefined)
      step.commands.print(
        `${inputs.config[index]}: ${formatPlural(countInstances(planned.plan), 'instance')}, no errors\n`,
      )
  }
  return checked.every(({ plan }) => plan !== undefined)
}

/** Whether the event is none that the file wants, by its `when`, which is said: nothing is run, which is no failure. */
export async function isUnwanted(
  { commands, files, context, environment }: ActionStep,
  { plan }: Planned,
  signal: AbortSignal,
): Promise<boolean> {
  const { payload, event, workspace, github } = context
  const about = { payload, repository: event.repository }
  const presets = plan?.when ?? []
  const options = { workspace, environment, github, before: signal }
  const changes =
    plan !== undefined && asksForPaths(presets, about)
      ? await (await import('../run/find-changes.ts')).filesChanged(plan, options)
      : undefined
  const why = unmetPreset(presets, { ...about, ...(changes && { changes }) })
  if (why === undefined) return false
  commands.annotate('notice', `\`when\` has ${why}.`, { title: 'Nothing was run' })
  try {
    files.appendSummary(`**Nothing was run.** \`when\` has ${escapeMarkdown(why)}.`)
  } catch (error) {
    commands.annotate('warning', `The job summary could not be written: ${messageOf(error)}`)
  }
  return true
}

/** Says why the file that a pull request adds did not review it: nothing was run, which is no failure. */
export function explainNewFile({ commands, files, context }: ActionStep, path: string, { instances }: NewFile): void {
  const why =
    `${path} is new in this pull request. On ${context.eventName} events it is read at the base commit, which does not have it yet, so nothing was run. ` +
    `The new file was checked: ${formatPlural(instances, 'instance')}, no errors. It works from the next pull request on, once this one is merged.`
  commands.annotate('warning', why, { file: path, title: 'Nothing was run' })
  try {
    files.appendSummary(`**Nothing was run.** ${why}`)
  } catch (error) {
    commands.annotate('warning', `The job summary could not be written: ${messageOf(error)}`)
  }
}

/** Shows what is wrong in the log, and as annotations. */
export function showProblems(
  { commands }: Pick<ActionStep, 'commands'>,
  { diagnostics, sources, problems }: Pick<Planned, 'diagnostics' | 'sources' | 'problems'>,
): void {
  if (diagnostics.length > 0) commands.print(`${renderDiagnostics(diagnostics, sources, 'text')}\n`)
  writeAnnotations(commands, [
    ...problems.map((message) => ({ level: 'error' as const, message })),
    ...annotationsOf(diagnostics),
  ])
}
