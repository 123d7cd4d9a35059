import { existsSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fieldOf } from '../core/field-of.ts'
import type { LinkRule } from '../core/link.ts'
import { createRunState } from '../core/run-state.ts'
import { ApiError, describeApiError } from '../github/api.ts'
import { isOwnRun, listRunArtifacts, listRuns, mostRuns, type EarlierRun } from '../github/earlier-artifacts.ts'
import { downloadArtifact, type AskAboutRun, type ListedArtifact } from '../github/foreign-artifact.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { isWritersEvent } from '../github/trust.ts'
import { unpackArtifact } from '../github/unpack-artifact.ts'
import { foldJournal } from '../journal/read-journal.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import type { FoundRun } from '../run/linked-runs.ts'
import { lazyApi, type ActionStep } from './step.ts'

/** Artifacts of one run that are looked into. */
const looks = 3
/** Bytes that are unpacked at most. */
const maxBytes = 64 * 1024 * 1024
/** What of a run directory says what it came to. */
const wanted = /^(?:journal\.ndjson|logs\/[^/]+\.(?:text\.txt|json))$/

/**
 * The newest finished run of a workflow on a branch, as its artifact tells it. Runs for the commits of other repositories, and for events that anyone can
 * cause, never count. Rejects as the API does.
 */
export async function findWorkflowRun(
  step: ActionStep,
  inputs: ActionInputs,
  root: string,
  link: LinkRule,
  signal: AbortSignal,
): Promise<FoundRun> {
  const connect = lazyApi(step, inputs.token)
  const { repository, payload } = step.context
  if (connect === undefined || repository === undefined)
    return { none: `without a \`github-token\` the runs of ${link.run} cannot be looked up` }
  const file = /\.ya?ml$/.test(link.run) ? link.run.replace(/^.*\//, '') : `${link.run}.yml`
  try {
    const asking: AskAboutRun = { api: await connect(), repository, signal }
    const usual = fieldOf(payload['repository'], 'default_branch')
    const branch = link.branch ?? (typeof usual === 'string' ? usual : await askDefaultBranch(asking))
    let passed = 0
    for await (const run of listRuns(file, branch, asking)) {
      // One that was skipped had nothing to say.
      const counts = isTrusted(run, repository) && run.conclusion !== 'skipped' && String(run.id) !== step.context.runId
      if (counts) return await readRecord(run, file, root, asking)
      passed++
    }
    const of = passed < mostRuns ? 'no finished run' : `none among its newest ${mostRuns} finished runs`
    return { none: `${file} has ${of} on ${branch} that can be trusted` }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 404) return { none: `there is no workflow ${file}, or the job lacks \`actions: read\`` }
    throw new Error(`${describeApiError(error)}. The job needs \`actions: read\``, { cause: error })
  }
}

function isTrusted(run: EarlierRun, repository: AskAboutRun['repository']): boolean {
  return isOwnRun(run, repository) && (run.event === 'pull_request' || isWritersEvent(run.event))
}

async function askDefaultBranch({ api, repository, signal }: AskAboutRun): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}'
  const { data } = await api(route, { owner: repository.owner, repo: repository.name }, signal)
  const branch = fieldOf(data, 'default_branch')
  return typeof branch === 'string' ? branch : 'main'
}

async function readRecord({ id, url }: EarlierRun, file: string, root: string, asking: AskAboutRun): Promise<FoundRun> {
  const which = `the newest run of ${file} (${url})`
  const artifacts = await listRunArtifacts(id, () => true, asking)
  const usual = ({ name }: ListedArtifact): number => (name.startsWith('orchestrator-') ? 0 : 1)
  for (const artifact of artifacts.toSorted((one, other) => usual(one) - usual(other)).slice(0, looks)) {
    const directory = mkdtempSync(join(root, 'linked-'))
    const archive = await downloadArtifact(artifact, asking)
    if (!unpackArtifact(archive, directory, { maxBytes, isWanted: (path) => wanted.test(path) }))
      throw new Error(`its artifact has more than ${maxBytes / 1024 / 1024} MiB`)
    if (!existsSync(join(directory, 'journal.ndjson'))) continue
    const state = createRunState(readerOfTexts(directory))
    foldJournal(join(directory, 'journal.ndjson'), state)
    const said = fieldOf(state.started?.context.github, 'run_id')
    if (said !== undefined && said !== String(id)) return { none: `${which} left the record of another run` }
    return { state, facts: { id: String(id), url } }
  }
  return { none: `${which} left no record: there is no artifact of it` }
}
