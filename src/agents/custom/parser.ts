import { parseObject } from '../../core/parse-object.ts'
import type { CustomRuntime } from '../../core/custom-runtime.ts'
import type { Failure } from '../../core/failure.ts'
import type { Task } from '../../core/task.ts'
import { type Accounting, totalTokens } from '../../core/usage.ts'
import type { Exit } from '../../process/spawn.ts'
import type { AttemptDirectory, Parser } from '../agent.ts'
import { isWholeOutput, weighEvidence, wholeOutput } from '../evidence.ts'
import { quotaPattern } from '../quota-pattern.ts'
import { type CustomReading, readOutput, toolsOfLine } from './read-output.ts'

/** Reads a declared CLI: its tool calls line by line where it prints lines, all else when it has ended. */
export function customParser(task: Task, directory: AttemptDirectory, { parse }: CustomRuntime): Parser {
  const { tools } = parse
  const watches = parse.format === 'ndjson' && tools !== undefined
  return {
    wants: (head) => watches && head[0] === 0x7b,
    line(text) {
      const line = tools === undefined ? undefined : parseObject(text)
      if (line === undefined || tools === undefined) return []
      return toolsOfLine(line, tools).map((call) => ({ type: 'activity', text: call }))
    },
    end(exit) {
      const reading = readOutput(wholeOutput(exit, directory.stdoutFile), parse)
      const { value, problems } = reading
      const isStructured = task.outputSchema !== undefined && value !== undefined
      const accounting = accountingOf(reading, exit)
      const { usage } = accounting
      return weighEvidence(task, { cwd: directory.cwd, answers: true }, exit, {
        text: isStructured ? JSON.stringify(value) : reading.text,
        streamFailure: failureOf(reading, exit),
        accounting,
        model: task.model ?? null,
        session: null,
        denials: 0,
        remarks: reading.readable ? problems.map((text) => ({ text })) : [],
        ...(usage !== null && !accounting.partial && { asked: totalTokens(usage) > 0 }),
      })
    },
  }
}

/** The figures of a process that did not come to its end, or of which not all was read, are a lower bound. */
function accountingOf({ accounting }: CustomReading, exit: Exit): Accounting {
  if (exit.spawnError !== undefined) return accounting
  const wasEnded = exit.termination !== undefined || exit.signal !== null
  return wasEnded || !isWholeOutput(exit) ? { ...accounting, partial: true } : accounting
}

function failureOf({ error, readable, problems }: CustomReading, exit: Exit): Failure | undefined {
  if (error !== undefined) return customFailure(error, exit)
  if (readable || exit.code !== 0) return undefined
  return { kind: 'crash', detail: problems.join('; ') }
}

/** What the words of an error say went wrong. */
function customFailure(detail: string, { code }: Exit): Failure {
  if (/\b429\b|rate.?limit|too many requests/i.test(detail)) return { kind: 'rate-limit', detail }
  if (quotaPattern.test(detail)) return { kind: 'quota', detail }
  if (/\b(?:401|403)\b|invalid api key|not logged in|unauthori[sz]ed/i.test(detail)) return { kind: 'auth', detail }
  if (/\b(?:500|502|503|529)\b|overloaded|high demand/i.test(detail)) return { kind: 'overloaded', detail }
  return code === 0 || code === null ? { kind: 'crash', detail } : { kind: 'exit', code, detail }
}
