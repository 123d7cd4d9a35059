import { fieldOf } from '../core/field-of.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../core/message-of.ts'
import type { Finding } from '../core/finding.ts'
import type { Json } from '../core/json.ts'
import type { ReportSettings } from '../core/plan.ts'
import { createRunState, type InstanceState, type RunState } from '../core/run-state.ts'
import { readFindings } from '../findings/read-findings.ts'
import { readZip, ZipError, type ZipEntry } from '../github/read-zip.ts'
import { foldJournal } from '../journal/read-journal.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import { buildReport } from '../report/report-model.ts'
import { renderRunJson } from '../report/run-json.ts'

/** Why the artifact of a run is not reported. Its message is a clause about the artifact. */
export class ForeignRunError extends Error {
  override readonly name = 'ForeignRunError'
}

/** What is known of a run from elsewhere than from itself. */
export interface ForeignRunFacts {
  /** Of the workflow run. */
  readonly runId: number
  /** Of the pull request. */
  readonly number: number
  /** Name and report of the orchestration file as the repository itself has it: what counts is not the artifact's to say. */
  readonly name: string
  readonly report: ReportSettings
}

/** A run as its artifact tells it, and what in it does not fit together. */
export interface ForeignRun {
  readonly state: RunState
  readonly oddities: readonly string[]
}

/** Bytes that are unpacked at most: journal, `run.json` and long texts together. */
const unpackedLimit = 64 * 1024 * 1024
/** More instances than any plan has. */
const mostInstances = 20_000

/** What of a run directory a report is made of. Logs, patches and diffs are for people to download. */
const wanted = /^(?:journal\.ndjson|run\.json|logs\/[^/]+\.(?:text\.txt|json))$/

/**
 * The run in an artifact that a stranger may have made, as data: nothing of it is run, nothing is believed of which run and pull request it is, and whatever is
 * no text of a report is left out. The parts it is read from are put into `directory`. Throws ForeignRunError.
 */
export function readForeignRun(archive: Buffer, directory: string, facts: ForeignRunFacts): ForeignRun {
  try {
    const files = unpack(readZip(archive), directory)
    if (!files.has('journal.ndjson')) throw new ForeignRunError('has no journal.ndjson: it is not of a run')
    const state = createRunState(readerOfTexts(directory))
    foldJournal(join(directory, 'journal.ndjson'), state)
    const { started } = state
    if (started === undefined) throw new ForeignRunError('has an empty journal: nothing had started')
    checkOrigin(started.context.github, facts)
    checkTree(state)
    const known = files.get('run.json')
    const isTampered = known !== undefined && [...renderRunJson(buildReport(state))].join('') !== known.toString('utf8')
    // What it says of the pull request, of its diff and of the threads there is a stranger's word, by which nothing is written, resolved or held back.
    const { changes: _changes, earlier: _earlier, since: _since, ...context } = started.context
    state.started = { ...started, context, plan: { ...started.plan, name: facts.name, report: facts.report } }
    for (const at of state.instances.values()) makePlain(at)
    return {
      state,
      oddities: isTampered
        ? ['The run.json of this run is not what its journal says: one of them was changed. The journal is shown.']
        : [],
    }
  } catch (error) {
    if (error instanceof ForeignRunError) throw error
    if (error instanceof ZipError) throw new ForeignRunError(error.message)
    // Whatever else a journal brings about that we never wrote.
    throw new ForeignRunError(
      `is not of a run of the orchestrator: ${messageOf(error).replaceAll(`${directory}/`, '')}`,
    )
  }
}

function unpack(entries: readonly ZipEntry[], directory: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  let left = unpackedLimit
  for (const entry of entries) {
    if (!wanted.test(entry.path)) continue
    left -= entry.size
    if (left < 0) throw new ForeignRunError(`has more than ${unpackedLimit / 1024 / 1024} MiB to report`)
    const content = entry.read()
    const path = join(directory, entry.path)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
    files.set(entry.path, content)
  }
  return files
}

/** One of another run or pull request was put there in place of its own. */
function checkOrigin(github: Json, { runId, number }: ForeignRunFacts): void {
  const said = fieldOf(github, 'run_id')
  if (said !== undefined && said !== String(runId))
    throw new ForeignRunError(`says that it is of the workflow run ${JSON.stringify(said)}, and it is of ${runId}`)
  const event = fieldOf(github, 'event')
  const own = fieldOf(fieldOf(event, 'pull_request'), 'number')
  if (own !== undefined && own !== number)
    throw new ForeignRunError(`says that it is of pull request ${JSON.stringify(own)}, and it is of ${number}`)
}

/** The report walks from an instance to the groups around it, and trusts that this ends. */
function checkTree({ instances }: RunState): void {
  if (instances.size > mostInstances) throw new ForeignRunError(`has more than ${mostInstances} instances`)
  const depths = new Map<string, number>()
  for (const id of instances.keys()) {
    const path: string[] = []
    let at: string | undefined = id
    while (at !== undefined && !depths.has(at)) {
      if (path.length > 100) throw new ForeignRunError('has groups inside of themselves, or too deep')
      path.push(at)
      const { instance }: InstanceState = instances.get(at) ?? notThere(at)
      if (instance.kind === 'group' && !['sequence', 'parallel', 'matrix', 'link'].includes(instance.form))
        throw new ForeignRunError(`has a group of the form ${JSON.stringify(instance.form)}`)
      at = instance.parent
    }
    let depth = at === undefined ? -1 : (depths.get(at) ?? 0)
    for (const each of path.toReversed()) depths.set(each, ++depth)
    if (depth > 100) throw new ForeignRunError('has groups inside of themselves, or too deep')
  }
}

function notThere(id: string): never {
  throw new ForeignRunError(`has something in a group that is not there: ${JSON.stringify(id)}`)
}

/** Findings are read again as an agent's answer is, and no change is offered at a click. */
function makePlain({ attempts }: InstanceState): void {
  for (const attempt of attempts) {
    const { ended } = attempt
    if (ended === undefined) continue
    const entries: unknown = ended.findings
    if (entries === undefined) continue
    const { findings, isWhole } = readFindings('findings', { findings: entries as Json }, { root: '/', directory: '' })
    if (!isWhole) throw new ForeignRunError('has findings that are no list')
    attempt.ended = { ...ended, findings: findings.map(withoutChange) }
  }
}

function withoutChange(finding: Finding): Finding {
  const { suggestion, body } = finding
  if (suggestion === null) return finding
  return { ...finding, suggestion: null, body: `${body}\n\nSuggestion:\n\n${suggestion}`.trim() }
}
