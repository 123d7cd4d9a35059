import { linterFormats, type FindingsFormat } from '../core/finding.ts'
import type { Parse } from '../core/instance.ts'
import type { DefaultsEntry } from './schema.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { Instance } from '../core/instance.ts'
import type { Compiling } from './compiling.ts'

/** A gate, or a file of findings, of a run in which nothing reports any would be green whatever happened. */
export function checkFindings(instances: readonly Instance[], { file, diagnostics }: Compiling): void {
  if (diagnostics.hasErrors) return
  for (const { definition } of definitionsOf(instances)) if (definition.findings !== undefined) return
  for (const { report } of file.documents)
    for (const key of ['fail-on', 'sarif', 'verdict', 'review'] as const)
      if (report?.[key] !== undefined && report[key] !== false && report[key] !== 'none')
        diagnostics.error(
          'no-findings',
          `\`report.${key}\` needs findings, and no instance reports any`,
          file.origins.ofKey(report, key),
          {
            hint: 'Give an agent `output-schema: findings`, or a linter `parse: sarif`, `rdjson`, `eslint` or `checkstyle`.',
          },
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
