import type { Diagnostic } from '../core/diagnostic.ts'
import { loadPatterns, mentionsPattern, patternProblem } from '../core/pattern.ts'
import { loadQueries, mentionsQuery, queryProblem } from '../core/query.ts'
import type { Instance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { buildInstances } from './build-plan.ts'
import { sharePrefixes } from './share-prefixes.ts'
import { checkAnswer } from './check-answer.ts'
import { checkFindings, checkReviewScope, checkThreads } from './check-findings.ts'
import { changesNeeded } from './changes-use.ts'
import { checkExpressions } from './check-expressions.ts'
import type { Checks, CompileOptions } from './compile-options.ts'
import { createCompiling } from './compiling.ts'
import { createDiagnostics } from './diagnostics.ts'
import { expandInstances } from './expand.ts'
import { allDrafts, linkDrafts } from './link.ts'
import { linkSessions, readSessions } from './link-sessions.ts'
import { linkVerification } from './link-verification.ts'
import { readMergedFile } from './merged-file.ts'
import { preloadTexts } from './referenced-files.ts'
import { readRunSettings } from './run-settings.ts'
import { sha256 } from '../core/sha256.ts'
import { rangeAt, type SourceFile } from './source-file.ts'

export type { CompileOptions, ReadFile } from './compile-options.ts'

/** A plan, or what keeps the file from being one. */
export interface Compilation {
  /** Undefined when there is an error among the diagnostics. */
  readonly plan: Plan | undefined
  /** In the order of the files, then of the lines. */
  readonly diagnostics: Diagnostic[]
  /** Texts by file name, for excerpts. */
  readonly sources: ReadonlyMap<string, string>
  /** Required inputs without a value that decide something of the plan: what reads them was left out. */
  readonly missedInputs: readonly string[]
}

/** Compiles, with what checks regular expressions and JMESPaths loaded where a file that was read has any. */
export async function compileWithChecks(
  text: string | undefined,
  compileOnce: (checks: Checks) => Compilation | Promise<Compilation>,
): Promise<Compilation> {
  const known = await loadChecks(text === undefined ? [] : [text], {})
  const first = await compileOnce(known)
  const checks = await loadChecks([...first.sources.values()], known)
  return checks === known ? first : compileOnce(checks)
}

/** The checks that these texts ask for besides those at hand; the same object where they ask for no other. */
async function loadChecks(texts: readonly string[], atHand: Checks): Promise<Checks> {
  let checks = atHand
  if (checks.checkPattern === undefined && texts.some(mentionsPattern)) {
    await loadPatterns()
    checks = { ...checks, checkPattern: patternProblem }
  }
  if (checks.readBuiltin === undefined && texts.some((text) => text.includes('builtin:'))) {
    const { readBuiltin } = await import('./builtin-files.ts')
    checks = { ...checks, readBuiltin }
  }
  if (checks.checkQuery === undefined && texts.some(mentionsQuery)) {
    await loadQueries()
    checks = { ...checks, checkQuery: queryProblem }
  }
  return checks
}

/** Compiles an orchestration file. Mistakes of its author come back as diagnostics, all of them at once; it does not throw for them. */
export function compile(path: string, text: string, options: CompileOptions): Compilation {
  const diagnostics = createDiagnostics()
  const file = readMergedFile(path, text, options, diagnostics)
  const compiling = createCompiling(file, diagnostics, options)
  const filesOf = (): SourceFile[] => [
    ...file.files,
    ...[...compiling.texts.values()].filter((source) => source !== undefined),
  ]
  let plan: Plan | undefined
  if (file.documents.length > 0) {
    // An error so far may be why there are none.
    if (file.instances.size === 0 && !diagnostics.hasErrors)
      diagnostics.error('no-instances', 'the file has no instances', rangeAt(file.root, 0, 1), {
        hint: 'Start with `instances:`.',
      })
    const drafts = expandInstances(file, diagnostics)
    const all = allDrafts(drafts)
    preloadTexts(all, compiling)
    const reads = checkExpressions(all, compiling)
    const sessions = readSessions(all, compiling)
    const edges = linkDrafts(all, { ...reads, needs: [...reads.needs, ...sessions] }, compiling)
    const built = buildInstances(drafts, { edges, names: reads.names }, compiling)
    const instances = sharePrefixes(linkSessions(linkVerification(built, compiling), sessions, compiling), compiling)
    checkFindings(instances, compiling)
    checkReviewScope(compiling)
    checkThreads(all, compiling)
    checkAnswer(instances, compiling)
    const settings = readRunSettings(compiling)
    const { stepEnv } = reads
    const changes = changesNeeded(instances, reads.changes)
    const { used } = file.statics
    plan = {
      v: 1,
      ...settings,
      ...(stepEnv.size > 0 && { stepEnv: [...stepEnv] }),
      ...(Object.keys(used).length > 0 && { compiledInputs: used }),
      ...(changes !== undefined && { changes }),
      source: { path, sha256: sha256(file.root.text) },
      instances,
      ...(instances.some(hasWorktree) && obeysOf(filesOf())),
    }
  }
  const files = filesOf()
  const found = diagnostics.sorted(files.map((source) => source.path))
  return {
    plan: diagnostics.hasErrors ? undefined : plan,
    diagnostics: file.isComplete ? found : found.filter(({ code }) => !isOfNames(code)),
    sources: new Map(files.map((source) => [source.path, source.text])),
    missedInputs: [...file.statics.missed],
  }
}

/** Whether a patch may come of an instance. */
function hasWorktree(instance: Instance): boolean {
  if (instance.kind === 'gate') return instance.expansion?.template.some(hasWorktree) ?? false
  return instance.kind === 'process' && instance.process.workspace.kind === 'worktree'
}

/** The files a plan was made of that are not in a folder which no patch changes anyway. */
function obeysOf(files: readonly SourceFile[]): Pick<Plan, 'obeys'> {
  const obeys = files.map(({ path }) => path).filter((path) => !/^\.(?:github|orchestrator)\//.test(path))
  return obeys.length > 0 ? { obeys } : {}
}

/** Whether a mistake may be none once a file that could not be read is there. */
function isOfNames(code: string): boolean {
  return /^(?:unknown-(?:instance|agent|runtime|input)|no-agent-covers)$/.test(code)
}
