import type { Instance } from '../core/instance.ts'
import type { Compiling } from './compiling.ts'
import { suggest } from './suggestion.ts'

/** `report.answer` must name something that can answer, or another answer would be shown in its place. */
export function checkAnswer(instances: readonly Instance[], { file, diagnostics }: Compiling): void {
  if (diagnostics.hasErrors) return
  const ids = instances.filter(({ kind }) => kind !== 'gate').map(({ id }) => id)
  for (const { report } of file.documents) {
    const answer = report?.answer
    if (report === undefined || answer === undefined || ids.includes(answer)) continue
    diagnostics.error('unknown-instance', `unknown instance \`${answer}\``, file.origins.ofValue(report, 'answer'), {
      hint: suggest(answer, ids),
    })
  }
}
