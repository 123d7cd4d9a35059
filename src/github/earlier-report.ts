import { fieldOf } from '../core/field-of.ts'
import { findArtifacts, isOwnRun, type ArtifactSearch } from './earlier-artifacts.ts'
import { downloadArtifact, type AskAboutRun } from './foreign-artifact.ts'
import { readZip } from './read-zip.ts'

/** The report of an earlier run, as its artifact has it: an agent could have written it. */
export interface EarlierReport {
  /** What `run.json` says, whatever that is. */
  readonly report: unknown
  /** Of the workflow run. */
  readonly url: string
}

/** Runs of a branch whose artifacts are listed, and the largest that is downloaded for some figures. */
const looks = 3
const mostBytes = 8 * 1024 * 1024
/** Largest report that is unpacked. */
const mostText = 64 * 1024 * 1024
/** So many artifacts are downloaded. */
const downloads = 6

/** The newest report of an orchestration that a run for this repository's own commits left, simulated or not as asked for; undefined where there is none. Rejects as the API does. */
export async function findEarlierReport(
  { name, simulated }: { readonly name: string; readonly simulated: boolean },
  search: Pick<ArtifactSearch, 'workflow' | 'branches' | 'isWanted'>,
  asking: AskAboutRun,
): Promise<EarlierReport | undefined> {
  let left = downloads
  const all = findArtifacts({ ...search, counts: (run) => isOwnRun(run, asking.repository), runs: looks }, asking)
  for await (const { run, artifact } of all) {
    if (artifact.bytes > mostBytes) continue
    if (left === 0) return undefined
    left--
    const entry = readZip(await downloadArtifact(artifact, asking)).find(({ path }) => path === 'run.json')
    const report: unknown =
      entry === undefined || entry.size > mostText ? undefined : JSON.parse(entry.read().toString('utf8'))
    if (fieldOf(report, 'name') === name && fieldOf(report, 'simulated') === simulated) return { report, url: run.url }
  }
  return undefined
}
