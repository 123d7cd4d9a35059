import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { messageOf } from '../../core/message-of.ts'
import { readNamedText } from '../../process/read-named-file.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain, pathFromRoot } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { describeMissed, readGivenInputs } from '../given-inputs.ts'
import { quoted } from '../parse-arguments.ts'
import { showDiagnostics } from '../show-diagnostics.ts'
import type { Surroundings } from '../surroundings.ts'
import { judgeInputs } from '../../workflow/inputs.ts'
import { printWorkflow } from './print-workflow.ts'
import { findRefusals } from './refusals.ts'
import type { JobsBy } from './split-jobs.ts'

/** By the start of its first line a workflow is known to be ours to overwrite. */
const mark = '# Made by `orchestrator compile '

/** What `orchestrator compile` does. */
export async function compileWorkflow(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = chooseFile(line.operands[0], around)
  if (typeof path !== 'string') return refuse(around, path)
  if (line.value('target') === undefined)
    return refuse(around, { mistake: '--target is missing', hint: 'write --target github' })
  const output = line.value('output')
  if (line.has('check') && output === undefined)
    return refuse(around, { mistake: '--check is about a file', hint: 'name it: --output .github/workflows/ci.yml' })
  if (/^(?:[/\\]|[A-Za-z]:|\.\.)|\p{Cc}|\$\{\{|`/u.test(path))
    return refuse(around, {
      mistake: `${quoted(path)} is not a file of this repository, where its workflow would find it`,
    })
  const events = line.values('on').length > 0 ? [...new Set(line.values('on'))] : ['pull_request', 'workflow_dispatch']
  const odd = findOdd(events, line)
  if (odd !== undefined) return refuse(around, { mistake: odd })
  const given = readGivenInputs(line)
  if ('mistake' in given) return refuse(around, given)
  const compiled = await compileOrComplain(path, around, given.inputs)
  if (compiled?.plan === undefined) return 2
  const { plan, missedInputs, sources } = compiled
  const problems = judgeInputs(plan.inputs, given.inputs)
  for (const problem of problems) complain(around, { mistake: problem })
  if (problems.length > 0) return 2
  if (missedInputs.length > 0) around.err.write(`${describeMissed(missedInputs, 'in this workflow')}\n`)
  const jobs = (line.value('jobs') as JobsBy | undefined) ?? 'level'
  const refusals = findRefusals(plan, jobs, events)
  if (refusals.length > 0) await showDiagnostics(refusals, sources, around)
  if (refusals.some(({ severity }) => severity === 'error')) return 2
  const text = printWorkflow(plan, path, {
    jobs,
    events,
    action: line.value('action') ?? 'org/orchestrator-action@v1',
    runsOn: line.value('runs-on') ?? 'ubuntu-latest',
    secrets: line.values('secret'),
    header: headerOf(path, line, around),
  })
  if (output === undefined) {
    around.out.write(text)
    return 0
  }
  return line.has('check') ? checkWorkflow(output, text, around) : writeWorkflow(output, text, around)
}

/** What cannot stand in a workflow as it was given. */
function findOdd(events: readonly string[], line: CommandLine): string | undefined {
  const check = (option: string, pattern: RegExp, values: readonly string[]): string | undefined => {
    const odd = values.find((value) => !pattern.test(value))
    return odd === undefined ? undefined : `--${option} cannot be ${quoted(odd)}`
  }
  return (
    check('on', /^[a-z_]+$/, events) ??
    check('secret', /^[A-Za-z_]\w*$/, line.values('secret')) ??
    check('action', /^[\w.-]+(?:\/[\w.-]+)+@[\w./-]+$/, line.values('action')) ??
    check('runs-on', /^[\w. -]+$/, line.values('runs-on'))
  )
}

/** How it was made: run at the root of the repository, the command makes it again. */
function headerOf(path: string, line: CommandLine, around: Surroundings): string {
  const output = line.value('output')
  const valued = ['jobs', 'on', 'action', 'runs-on', 'secret', 'input'].flatMap((name) =>
    line.values(name).flatMap((value) => [`--${name}`, value]),
  )
  const words = [
    path,
    '--target',
    'github',
    ...valued,
    ...(output === undefined ? [] : ['--output', pathFromRoot(output, around)]),
  ]
  const command = words.map((word) => quoted(word)).join(' ')
  return `${mark.slice(2)}${command}\`. Do not edit it: change the file and run that again.\nWith \`--check\` it says whether this file is up to date.`
}

function checkWorkflow(output: string, text: string, around: Surroundings): ExitCode {
  const found = readText(output, around)
  if (found === text) {
    around.out.write(`${output} is up to date\n`)
    return 0
  }
  complain(around, {
    mistake: found === undefined ? `there is no ${output}` : `${output} is out of date`,
    hint: 'run the same without --check',
  })
  return 1
}

function writeWorkflow(output: string, text: string, around: Surroundings): ExitCode {
  const found = readText(output, around)
  if (found !== undefined && !found.startsWith(mark))
    return refuse(around, {
      mistake: `${output} was not written by \`compile\`, and is not overwritten`,
      hint: 'move it away',
    })
  const target = resolve(around.cwd, output)
  try {
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  } catch (error) {
    return refuse(around, { mistake: `cannot write ${output}: ${messageOf(error)}` })
  }
  around.out.write(`Wrote ${output}\n`)
  return 0
}

function readText(path: string, around: Surroundings): string | undefined {
  const text = readNamedText(resolve(around.cwd, path))
  return typeof text === 'string' ? text : undefined
}
