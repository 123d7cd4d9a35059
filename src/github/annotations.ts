import type { Diagnostic } from '../core/diagnostic.ts'
import type { Reporter } from '../core/reporter.ts'
import { collectAnnotations, collectFailures, type Annotation } from '../report/annotations.ts'
import type { ReportModel } from '../report/report-model.ts'
import type { StepReporting } from './step-reporting.ts'
import type { AnnotationLevel, WorkflowCommands } from './workflow-commands.ts'

/** Places left to what is said after the run's own: that a report was not delivered, that a process wrote into files of the runner. */
export const keptPlaces = { error: 0, warning: 4, notice: 0 } as const

/** Annotations, unless the file turns them off. */
export function reportToAnnotations({ commands, settings, context }: StepReporting): Reporter<ReportModel> {
  // A check run has the findings, all of them.
  return createAnnotationReporter(commands, settings.check !== undefined && context.repository !== undefined)
}

/** Annotates what failed, at its place in the orchestration file, and what the user should know besides. */
function createAnnotationReporter(commands: WorkflowCommands, isForFailuresAlone: boolean): Reporter<ReportModel> {
  return {
    name: 'annotations',
    onEnd(_state, _signal, report) {
      const notices = report.notices.map(({ level, id, message }) => ({
        level,
        message,
        ...(id !== undefined && { title: id }),
      }))
      const own = isForFailuresAlone ? collectFailures(report) : collectAnnotations(report)
      const annotations = [...own, ...notices]
      writeAnnotations(commands, annotations, keptPlaces)
      return Promise.resolve(annotations.length > 0 ? { detail: `${annotations.length}` } : undefined)
    },
  }
}

/** Writes annotations; where a level has more than the runner shows, but for the places kept, the last place counts the others. */
export function writeAnnotations(
  commands: WorkflowCommands,
  annotations: readonly Annotation[],
  keep: Readonly<Record<AnnotationLevel, number>> = { error: 0, warning: 0, notice: 0 },
): void {
  for (const level of ['error', 'warning', 'notice'] satisfies AnnotationLevel[]) {
    const all = annotations.filter((annotation) => annotation.level === level)
    const room = Math.max(1, commands.room(level) - keep[level])
    const shown = all.length > room ? all.slice(0, room - 1) : all
    for (const { message, ...place } of shown) commands.annotate(level, message, place)
    const more = all.length - shown.length
    if (more > 0) commands.annotate(level, `${more} more of these: the job summary and the log have them all.`)
  }
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
