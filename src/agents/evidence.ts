import { DeepJsonError, parseJson } from '../core/parse-json.ts'
import { closeSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import type { Failure } from '../core/failure.ts'
import type { LinterFormat } from '../core/finding.ts'
import type { Json } from '../core/json.ts'
import type { Task } from '../core/task.ts'
import { compilePattern, loadPatterns } from '../core/pattern.ts'
import type { Accounting } from '../core/usage.ts'
import { findFiles } from '../process/find-files.ts'
import { openRegularFile } from '../process/read-regular-file.ts'
import type { Exit } from '../process/spawn.ts'
import type { Conclusion } from './agent.ts'
import { isBlank, plainLine } from '../core/plain-text.ts'
import { tellingLine } from '../core/telling-line.ts'
import type { Remark } from '../core/expectation.ts'

/** What an adapter made of its process's output, before the evidence is weighed. */
export interface Finding {
  readonly text: string
  /** The structured answer where the CLI gave one as such, having held it against the schema; else it is parsed from the text. */
  readonly json?: Json
  /** The text is only the start of what was printed, see `isWholeOutput`: there may be a structured answer, and nobody can say which. */
  readonly isCut?: boolean
  /** What the stream itself reported as gone wrong. */
  readonly streamFailure?: Failure | undefined
  readonly accounting: Accounting
  readonly model: string | null
  readonly models?: Conclusion['models']
  readonly session: string | null
  readonly denials: number
  readonly remarks?: readonly Remark[]
  /** What it last complained about and has not got over: the reason why it came to nothing when its time is up. */
  readonly trouble?: string
  /** False when no model was asked although it exited 0: nothing is green because nothing happened. */
  readonly asked?: boolean
}

/** The things around an attempt that evidence is looked for in. */
export interface EvidencePlace {
  readonly cwd: string
  /** Whether an empty answer is a failure where the task does not say: true for agents. */
  readonly answers: boolean
}

/**
 * The gate every adapter's end goes through: a process succeeded only when nobody had to stop it, its stream reported no error,
 * it exited 0 and everything the task expects is there. Nothing is green because nothing happened.
 */
export async function weighEvidence(
  task: Task,
  place: EvidencePlace,
  exit: Exit,
  finding: Finding,
): Promise<Conclusion> {
  const { text, accounting, model, models, session, denials } = finding
  const remarks = [...(finding.remarks ?? []), ...otherModel(task, finding)]
  const conclude = (failure: Failure | null, json: Json = finding.json ?? null): Conclusion => ({
    failure,
    text,
    json,
    accounting,
    model,
    ...(models && { models }),
    session,
    denials,
    remarks,
  })
  if (hasPatterns(task)) await loadPatterns()
  const failure = endFailure(exit, finding) ?? (await expectationFailure(task, place, finding))
  if (failure !== undefined) return conclude(failure, await reportOf(task, failure, finding))
  const structured = isUnknown(task, finding) ? tooMuchToParse : await structuredOutput(task, finding, text)
  if (!structured.ok) return conclude({ kind: 'invalid-output', detail: structured.detail })
  if (task.outputSchema !== undefined) {
    const { checkSchema } = await import('./check-schema.ts')
    const verdict = checkSchema(task.outputSchema, structured.json)
    const enforced = verdict.kind === 'unknown' && finding.json !== undefined
    if (verdict.kind !== 'satisfied' && !enforced)
      return conclude({ kind: 'invalid-output', detail: verdict.detail }, structured.json)
  }
  return conclude(null, structured.json)
}

/** That another model answered than the one that was asked for, where the CLI has not said so itself. Aliases (`sonnet`, `auto`) name none. */
function otherModel(task: Task, { model, accounting, remarks = [] }: Finding): Remark[] {
  const plain = (id: string): string =>
    id
      .replace(/^.*\//, '')
      .replace(/\[\w+\]$/, '')
      .replaceAll('.', '-')
  if (task.model === undefined || model === null || accounting.usage === null) return []
  const [asked, answered] = [plain(task.model), plain(model)]
  const isAlias = !/\d/.test(asked) || asked.startsWith('auto')
  const isSame = answered.startsWith(asked) || asked.startsWith(answered)
  if (isAlias || isSame || remarks.some(({ kind }) => kind === 'model-changed')) return []
  return [{ kind: 'model-changed', text: plainLine(`${model} answered instead of ${task.model}`) }]
}

/** Whether patterns of the file are tested at the end, in the task itself or in its schema. */
function hasPatterns({ expect, parse, outputSchema }: Task): boolean {
  return (
    expect.regex !== undefined ||
    parse.kind === 'regex' ||
    (outputSchema !== undefined && JSON.stringify(outputSchema).includes('"pattern'))
  )
}

/** How the process ended, most telling cause first: what we did to it (also for want of a log), what its stream said, its signal, its exit code. */
function endFailure(exit: Exit, { streamFailure, trouble = '' }: Finding): Failure | undefined {
  if (exit.spawnError !== undefined) return { kind: 'spawn', ...exit.spawnError }
  const { termination } = exit
  if (termination?.kind === 'stopped') return { kind: 'cancelled', cause: termination.cause }
  if (termination?.kind === 'timeout') {
    const { limit, afterMs } = termination
    return { kind: 'timeout', limit, afterMs, ...(trouble !== '' && { detail: plainLine(`it last said: ${trouble}`) }) }
  }
  if (termination?.kind === 'limit') return { kind: 'limit', limit: termination.limit, detail: termination.detail }
  if (exit.logError !== undefined) return unloggable(exit.logError)
  if (streamFailure !== undefined) return streamFailure
  if (exit.signal === null && exit.code === 0) return undefined
  const detail = tellingLine(exit.stderrTail)
  if (exit.signal !== null) return { kind: 'signal', signal: exit.signal, detail }
  return { kind: 'exit', code: exit.code ?? -1, detail }
}

/** `spawn`, with the errno: the machine is at fault, and an attempt that finds the same full disk must not be made, unlike after a crash. */
function unloggable({ file, code }: NonNullable<Exit['logError']>): Failure {
  const why = code === 'ENOSPC' || code === 'EDQUOT' ? `${code}, the disk is full` : code
  return {
    kind: 'spawn',
    code,
    detail: `it was stopped because its output could not be written to ${basename(file)} (${why})`,
  }
}

async function expectationFailure(task: Task, place: EvidencePlace, finding: Finding): Promise<Failure | undefined> {
  const { expect } = task
  if (finding.asked === false) return { kind: 'no-output', detail: 'it exited 0 without a request to a model' }
  if (expect.denials !== undefined && finding.denials > expect.denials)
    return { kind: 'denied', detail: `${finding.denials} tool calls were denied (${expect.denials} allowed)` }
  const wantsText = expect.text === undefined ? place.answers : expect.text === 'non-empty'
  if (wantsText && isBlank(finding.text) && (finding.json ?? null) === null)
    return { kind: 'no-output', detail: 'it exited 0 without an answer' }
  if (expect.regex !== undefined && !compilePattern(expect.regex, 'm').test(finding.text))
    return { kind: 'no-output', detail: plainLine(`the answer does not match ${expect.regex}`) }
  for (const pattern of expect.files ?? [])
    if ((await findFiles(pattern, place.cwd, { folders: true })).length === 0)
      return { kind: 'no-output', detail: plainLine(`no file matches ${pattern}`) }
  return undefined
}

/** The report of a linter, which exits with a failure because it found something. */
async function reportOf(task: Task, failure: Failure, { text, json = null }: Finding): Promise<Json> {
  if (failure.kind !== 'exit' || task.findings === undefined || task.findings === 'findings') return json
  const structured = await parseReport(task.findings, text)
  return structured.ok ? structured.json : json
}

type Structured = { readonly ok: true; readonly json: Json } | { readonly ok: false; readonly detail: string }

/** The structured value of an attempt: the CLI's own, or what the schema or `parse` makes of the text. */
async function structuredOutput(task: Task, finding: Finding, text: string): Promise<Structured> {
  if (finding.json !== undefined) return { ok: true, json: finding.json }
  if (task.outputSchema !== undefined) return parseAnswer(text)
  switch (task.parse.kind) {
    case 'none':
      return { ok: true, json: null }
    case 'json':
      return parseAnswer(text)
    case 'sarif':
    case 'rdjson':
    case 'eslint':
    case 'checkstyle':
      return parseReport(task.parse.kind, text)
    case 'ndjson': {
      const values: Json[] = []
      for (const [index, line] of text.split('\n').entries()) {
        if (line.trim() === '') continue
        const value = tryJson(line, `line ${index + 1} of the output`)
        if (!value.ok) return value
        values.push(value.json)
      }
      return { ok: true, json: values }
    }
    case 'regex': {
      const groups = compilePattern(task.parse.regex, 'm').groups(text)
      if (groups === undefined) return { ok: false, detail: plainLine(`the output does not match ${task.parse.regex}`) }
      return { ok: true, json: groups }
    }
  }
}

/** Whether the value is in a text that was cut: lines of JSON would be some of them, and look like all. A match is one all the same. */
function isUnknown({ parse, outputSchema }: Task, { isCut }: Finding): boolean {
  return isCut === true && (outputSchema !== undefined || !['none', 'regex'].includes(parse.kind))
}

/** What a linter printed, as a value. */
async function parseReport(format: LinterFormat, text: string): Promise<Structured> {
  if (format !== 'checkstyle') return parseAnswer(text)
  const { readCheckstyle } = await import('./checkstyle-report.ts')
  const json = readCheckstyle(text)
  return json === undefined ? { ok: false, detail: 'the output is not XML of Checkstyle' } : { ok: true, json }
}

/** JSON as models write it: alone, or in one fenced block. */
function parseAnswer(text: string): Structured {
  const fence = /^\s*```(?:json)?\s*\n([^]*?)\n\s*```\s*$/.exec(text)
  return tryJson(fence?.[1] ?? text, 'the output')
}

function tryJson(text: string, what: string): Structured {
  try {
    return { ok: true, json: parseJson(text) }
  } catch (error) {
    return { ok: false, detail: error instanceof DeepJsonError ? `${what} is ${error.message}` : `${what} is not JSON` }
  }
}

/** Most bytes of standard output that are parsed. */
const parseLimit = 16 * 1_048_576

const tooMuchToParse: Structured = {
  ok: false,
  detail: `the output has more than ${parseLimit} bytes, which are not parsed: write them to a file, and print what others need of it`,
}

/** Whether `wholeOutput` gives all there was. */
export function isWholeOutput({ stdoutBytes }: Exit): boolean {
  return stdoutBytes <= parseLimit
}

/** The whole standard output where it may still be parsed: the head where that is all of it, else what the log holds. */
export function wholeOutput(exit: Exit, stdoutFile: string | undefined): string {
  if (stdoutFile === undefined || exit.stdoutBytes <= exit.stdoutHead.length) return exit.stdoutHead
  try {
    const file = openRegularFile(stdoutFile, false)
    try {
      const bytes = Buffer.alloc(Math.min(exit.stdoutBytes, parseLimit))
      let length = 0
      for (let read = -1; read !== 0 && length < bytes.length; length += read)
        read = readSync(file, bytes, length, bytes.length - length, length)
      return bytes.toString('utf8', 0, length)
    } finally {
      closeSync(file)
    }
  } catch {
    return exit.stdoutHead
  }
}
