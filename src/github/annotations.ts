import type { Diagnostic } from '../core/diagnostic.ts'
import type { Reporter } from '../core/reporter.ts'
import { collectAnnotations, collectFailures, type Annotation } from '../report/annotations.ts'
import type { ReportModel } from '../report/report-model.ts'
import type { StepReporting } from './step-reporting.ts'
import type { AnnotationLevel, WorkflowCommands } from './workflow-commands.ts'

/** Places left to what is said after the run's own: that a report was not delivered, that a process wrote into files of the runner. */
export const keptPlaces = { error: 0, warning: 4, notice: 0 } as const

/** Annotations, unless the file turns them off. */
export function reportToAnnotations(step: StepReporting): Reporter<ReportModel> {
  const { commands, settings, context, between } = step
  // A check run has the findings, all of them, and the failures that have no place here.
  const hasCheck = settings.check !== undefined && context.repository !== undefined
  return {
    name: 'annotations',
    onEnd(_state, _signal, report) {
      const notices = report.notices.map(({ level, id, message }) => ({
        level,
        message,
        ...(id !== undefined && { title: id }),
      }))
      const own = hasCheck ? collectFailures(report) : collectAnnotations(report)
      const annotations = [...own, ...notices]
      const unshown = new Set(writeAnnotations(commands, annotations, keptPlaces, hasCheck ? withCheck : withoutCheck))
      between.unshown = own.filter((annotation) => unshown.has(annotation))
      return Promise.resolve(annotations.length > 0 ? { detail: `${annotations.length}` } : undefined)
    },
  }
}

/** What is said besides of annotations that have no place. */
const withCheck = ' Failures and findings are in the check run.'
const withoutCheck = ' `report: { check: true }` shows failures and findings in a check run.'

/** Writes annotations; where a level has more than the runner shows, but for the places kept, the last place counts the others. Returns those. */
export function writeAnnotations(
  commands: WorkflowCommands,
  annotations: readonly Annotation[],
  keep: Readonly<Record<AnnotationLevel, number>> = { error: 0, warning: 0, notice: 0 },
  hint = '',
): readonly Annotation[] {
  const unshown: Annotation[] = []
  for (const level of ['error', 'warning', 'notice'] satisfies AnnotationLevel[]) {
    const all = annotations.filter((annotation) => annotation.level === level)
    const room = Math.max(1, commands.room(level) - keep[level])
    const shown = all.length > room ? all.slice(0, room - 1) : all
    for (const { message, ...place } of shown) commands.annotate(level, message, place)
    const more = all.slice(shown.length)
    if (more.length > 0)
      commands.annotate(level, `${more.length} more of these: the job summary and the log have them all.${hint}`)
    unshown.push(...more)
  }
  return unshown
}

/** The mistakes of an orchestration file as annotations of its lines. */
export function annotationsOf(diagnostics: readonly Diagnostic[]): Annotation[] {
  return diagnostics.map(({ severity, code, message, hint, range }) => ({
    level: severity,
    title: code,
    message: hint === undefined ? message : `${message}\n${hint}`,
    ...(range && {
      file: range.file,
      line: range.start.line,
      column: range.start.column,
      endLine: range.end.line,
      // The runner wants columns of one line alone.
      ...(range.end.line === range.start.line && { endColumn: range.end.column }),
    }),
  }))
}
