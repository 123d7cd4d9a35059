import { renderPlanText } from '../../src/report/plan-text.ts'
import { compile } from '../../src/workflow/compile.ts'
import { goldenNames, goldenRuntimes, goldenText } from './golden-files.ts'
import { mutate, seededRandom } from './mutate.ts'

/** An input that the compiler did not take as it should, and why. */
export interface FuzzFinding {
  readonly seed: number
  readonly text: string
  readonly problem: string
}

/** What a fuzz run came to. */
export interface FuzzReport {
  readonly inputs: number
  readonly compiled: number
  readonly slowestMs: number
  readonly findings: readonly FuzzFinding[]
}

/** Longest processor time one input may take: the clock would count what else the machine does. */
const limitMs = 1000

/**
 * Compiles mutations of the golden files: none may throw, take over a second, give an error without a place inside its
 * file, or neither a plan nor an error. Input `i` depends on the seed `firstSeed + i` alone.
 */
export function fuzzCompile(count: number, firstSeed: number, mayGoOn: () => boolean = () => true): FuzzReport {
  const texts = [
    ...goldenNames('ok').map((name) => goldenText('ok', name)),
    ...goldenNames('err').map((name) => goldenText('err', name)),
  ].filter((text) => text.length < 20_000)
  const findings: FuzzFinding[] = []
  let compiled = 0
  let slowestMs = 0
  let inputs = 0
  for (; inputs < count && mayGoOn(); inputs++) {
    const seed = firstSeed + inputs
    const text = mutate(texts, seededRandom(seed))
    const before = process.cpuUsage()
    let problem: string | undefined
    try {
      const { plan, diagnostics, sources } = compile('fuzz.yml', text, {
        read: (path) => (path.endsWith('.md') ? 'A prompt with ${{ inputs.x }}.' : undefined),
        runtimes: goldenRuntimes,
      })
      if (plan !== undefined) {
        compiled++
        renderPlanText(plan)
      } else if (!diagnostics.some(({ severity }) => severity === 'error')) problem = 'neither a plan nor an error'
      for (const { range, code, message } of diagnostics) {
        const source = range === undefined ? undefined : sources.get(range.file)
        if (range === undefined || source === undefined) problem = `${code} has no place: ${message}`
        else if (range.start.offset > range.end.offset || range.end.offset > source.length || range.start.line < 1)
          problem = `${code} lies outside its file: ${message}`
        if (message === '' || message.includes('undefined') || message.includes('[object'))
          problem = `an odd message: ${message}`
      }
    } catch (error) {
      problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
    }
    const { user, system } = process.cpuUsage(before)
    const took = (user + system) / 1000
    slowestMs = Math.max(slowestMs, took)
    if (took > limitMs) problem ??= `took ${Math.round(took)} ms`
    if (problem !== undefined) findings.push({ seed, text, problem })
    if (findings.length >= 20) break
  }
  return { inputs, compiled, slowestMs, findings }
}
