import type { ReportModel, ReportRow } from './report-model.ts'
import type { RunCourse, Standing } from './standing.ts'

/** How those stood when the orchestrator was killed that had no end. */
const lastStandings: Partial<Readonly<Record<Standing, Standing>>> = {
  running: 'interrupted',
  retrying: 'interrupted',
  waiting: 'unstarted',
}

/** A report by one who knows that the run goes on, or that nothing of it does any more. One that has ended is as it was. */
export function withCourse(model: ReportModel, course: RunCourse): ReportModel {
  if (model.result !== null) return model
  return { ...model, course, ...(course === 'killed' && { rows: model.rows.map(stopped) }) }
}

function stopped(row: ReportRow): ReportRow {
  const standing = lastStandings[row.standing]
  return standing === undefined ? row : { ...row, standing, activity: '' }
}

/** What a run has come to, in words: `success`, `is running`. */
export function courseWords({ result, course }: Pick<ReportModel, 'result' | 'course'>): string {
  if (result !== null) return result
  switch (course) {
    case 'going':
      return 'is running'
    case 'killed':
      return 'was interrupted: the orchestrator was killed'
    case undefined:
    default:
      return 'is unfinished (the orchestrator died or is still running)'
  }
}

/** The standing of a whole run. */
export function standingOfRun({ result, course, interruptedBy }: ReportModel): Standing {
  if (result !== null) return result
  if (course === 'killed') return 'interrupted'
  return interruptedBy === null ? 'running' : 'cancelled'
}
