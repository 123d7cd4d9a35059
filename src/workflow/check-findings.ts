import { linterFormats, type FindingsFormat } from '../core/finding.ts'
import type { Instance, Parse, ProcessDefinition } from '../core/instance.ts'
import { attachedThreads } from '../core/review-thread.ts'
import type { DefaultsEntry } from './schema.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { Compiling } from './compiling.ts'
import type { Draft, ProcessDraft } from './draft.ts'

/** What is to go on from the last review needs the comment that remembers it. */
export function checkReviewScope({ file, diagnostics }: Compiling): void {
  const comment = file.documents.findLast(({ report }) => report?.comment !== undefined)?.report?.comment
  if (comment === undefined || comment === true || comment === 'sticky') return
  for (const { report } of file.documents) {
    const review = report?.review
    if (typeof review !== 'object' || review.scope !== 'changed') continue
    diagnostics.error(
      'conflicting-keys',
      `\`scope: changed\` and \`comment: ${comment === false ? 'false' : comment}\` cannot be combined`,
      file.origins.ofKey(review, 'scope'),
      { hint: 'Keep the sticky comment: it remembers what was reviewed last.' },
    )
  }
}

/** Threads are those of the file's own review. */
export function checkThreads(drafts: Iterable<Draft>, { file, diagnostics }: Compiling): void {
  if (
    file.documents.some(
      ({ report }) => report?.review !== undefined && report.review !== false && report.review !== 'none',
    )
  )
    return
  for (const { entry } of drafts) {
    const { attach } = entry
    const index = attach?.indexOf(attachedThreads) ?? -1
    if (attach === undefined || index === -1) continue
    diagnostics.error(
      'threads-without-review',
      '`attach: [threads]` needs `report.review`, whose threads they are',
      file.origins.ofValue(attach, index),
      { hint: 'Add `report: { review: inline }`, or write `./threads` for a file of that name.' },
    )
  }
}

/** A gate, or a file of findings, of a run in which nothing reports any would be green whatever happened. */
export function checkFindings(instances: readonly Instance[], { file, diagnostics }: Compiling): void {
  if (diagnostics.hasErrors) return
  if (file.verification === undefined)
    for (const { report } of file.documents) {
      const gate = report?.['fail-on']
      if (gate?.state !== undefined)
        diagnostics.error(
          'not-verified',
          '`report.fail-on.state` needs `review.verify`, or no finding has this state',
          file.origins.ofKey(gate, 'state'),
          { hint: 'Add `review: { verify: {} }`.' },
        )
    }
  for (const { definition } of definitionsOf(instances)) if (definition.findings !== undefined) return
  const hint =
    'Give an agent `output-schema: findings`, or a linter `parse: sarif`, `rdjson`, `eslint` or `checkstyle`.'
  for (const document of file.documents)
    if (document.review !== undefined)
      diagnostics.error(
        'no-findings',
        '`review` needs findings, and no instance reports any',
        file.origins.ofKey(document, 'review'),
        { hint },
      )
  for (const { report } of file.documents)
    for (const key of ['fail-on', 'sarif', 'verdict', 'review'] as const)
      if (report?.[key] !== undefined && report[key] !== false && report[key] !== 'none')
        diagnostics.error(
          'no-findings',
          `\`report.${key}\` needs findings, and no instance reports any`,
          file.origins.ofKey(report, key),
          { hint },
        )
}

/** An agent that answers by the built-in schema reports findings. */
export function agentFindings(outputSchema: DefaultsEntry['output-schema']): FindingsFormat | undefined {
  return outputSchema === 'findings' ? 'findings' : undefined
}

/** What findings a linter's output is read as. */
export function linterFindings({ kind }: Parse): FindingsFormat | undefined {
  return linterFormats.find((format) => format === kind)
}

/** That a process reports findings, or verifies one. */
export function reportingOf(
  { entry }: ProcessDraft,
  findings: FindingsFormat | undefined,
  { file }: Compiling,
): Pick<ProcessDefinition, 'findings' | 'verifies'> {
  return {
    ...(findings !== undefined && { findings }),
    ...(file.verification?.entry === entry && { verifies: true }),
  }
}
