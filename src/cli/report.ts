import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RunState } from '../core/run-state.ts'
import type { Command, CommandLine } from './command.ts'
import { complain } from './complain.ts'
import type { ExitCode } from './exit-code.ts'
import type { UsageMistake } from './parse-arguments.ts'
import type { Surroundings } from './surroundings.ts'

/** `orchestrator report RUN_DIR`. */
export const reportCommand: Command = {
  name: 'report',
  about: 'show a run from its journal, also one that crashed or still goes on',
  usage: ['[RUN_DIR] [--format FORMAT]'],
  maxOperands: 1,
  options: {
    format: { value: 'FORMAT', choices: ['text', 'markdown', 'json'], about: 'how the run is written' },
  },
  notes: [
    'Without RUN_DIR, the newest run: .orchestrator/latest. The exit code is that of this command, not of the run.',
  ],
  examples: [
    ['orchestrator report', 'the newest run, for a terminal'],
    ['orchestrator report RUN_DIR --format markdown', 'what CI shows'],
    ['orchestrator report --format json | jq .usage', 'its tokens'],
  ],
  run: showRun,
}

async function showRun(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const state = await readRun(line.operands[0] ?? '.orchestrator/latest', around)
  if ('mistake' in state) {
    complain(around, state)
    return 2
  }
  const { buildReport } = await import('../report/report-model.ts')
  const model = buildReport(state)
  const format = line.value('format') ?? 'text'
  if (format === 'json') {
    const { renderRunJson } = await import('../report/run-json.ts')
    around.out.write(`${JSON.stringify(renderRunJson(model), null, 2)}\n`)
  } else if (format === 'markdown') {
    const { renderMarkdown } = await import('../report/markdown.ts')
    around.out.write(renderMarkdown(model, { maxBytes: Infinity }))
  } else {
    const { renderRunText } = await import('../report/run-text.ts')
    around.out.write(renderRunText(state, { colour: around.out.colour, columns: around.out.columns() }))
  }
  return 0
}

/** The state of the run that a directory, or a journal itself, tells of. */
async function readRun(path: string, around: Surroundings): Promise<RunState | UsageMistake> {
  const given = resolve(around.cwd, path)
  const { resolveRunDirectory } = await import('./find-run.ts')
  const directory = resolveRunDirectory(given)
  const journalPath = isFile(directory) ? directory : join(directory, 'journal.ndjson')
  if (!isFile(journalPath))
    return {
      mistake: `there is no run in ${path}: no journal.ndjson`,
      hint: 'name a run directory, such as .orchestrator/latest',
    }
  const { readJournal } = await import('../journal/read-journal.ts')
  const { createRunState, foldEvent } = await import('../core/run-state.ts')
  const state = createRunState()
  try {
    for (const event of readJournal(journalPath)) foldEvent(state, event)
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) }
  }
  return state.started === undefined ? { mistake: `the journal in ${path} is empty: nothing had begun` } : state
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
