import { join } from 'node:path'
import type { RunDirectory } from '../journal/run-directory.ts'
import { writeFileAtomically } from '../journal/write-file.ts'
import type { ReadChanges } from './read-changes.ts'
import { renderMarkdown } from '../report/markdown.ts'
import type { ReportModel } from '../report/report-model.ts'
import { renderRunJson } from '../report/run-json.ts'

/** The two reports every run leaves beside its journal; also called by whoever finishes a crashed run. */
export function writeReports(report: ReportModel, directory: Pick<RunDirectory, 'path'>): void {
  writeFileAtomically(join(directory.path, 'run.json'), renderRunJson(report))
  writeFileAtomically(join(directory.path, 'summary.md'), renderMarkdown(report, { maxBytes: 1_000_000 }))
}

/** Writes the diff of what changed, where the plan asks for it. */
export function writeDiff(directory: string, found: ReadChanges | undefined): void {
  const write = (name: string | null | undefined, diff: Buffer | undefined): void => {
    if (name && diff !== undefined) writeFileAtomically(join(directory, name), diff)
  }
  write(found?.changes.diffFile, found?.diff)
  write(found?.past?.since?.changes.diffFile, found?.past?.sinceDiff)
}
