import { realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Reporter } from '../core/reporter.ts'
import { writeFileAtomically } from '../journal/write-file.ts'
import { leadsInto } from '../process/outside-path.ts'
import type { ReportModel } from '../report/report-model.ts'
import { renderSarif } from '../report/sarif.ts'

/**
 * Writes the file that `report.sarif` names, from the root of the repository. Where no instance reported, it writes nothing and says so: a file
 * without results would mean that all was looked at, and whoever uploads it that what was found earlier is gone.
 */
export function createSarifReporter(path: string, workspace: string): Reporter<ReportModel> {
  return {
    name: 'sarif',
    async onEnd(state, _signal, report) {
      const reported = [...state.instances.values()].some(
        ({ attempts }) => attempts.at(-1)?.ended?.findings !== undefined,
      )
      if (!reported) return { detail: `${path} was not written: no instance reported findings` }
      const target = resolve(workspace, path)
      if (/(?:^|[\\/])\.git(?:[\\/]|$)/i.test(path) || !leadsInto(realpathSync(dirname(target)), workspace))
        throw new Error(`${path} is outside the workspace or inside .git`)
      writeFileAtomically(target, renderSarif(report.findings, report))
      return { detail: path }
    },
  }
}
