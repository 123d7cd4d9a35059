import type { Diagnostic } from '../../core/diagnostic.ts'
import type { Plan } from '../../core/plan.ts'
import { countDiagnostics } from '../../report/diagnostic-text.ts'
import { formatPlural } from '../../report/quantities.ts'
import { createStyle } from '../../report/style.ts'
import { chooseFormat } from '../choose-format.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileFile, pathFromRoot } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { checkFormats, type RenderChecked } from './formats.ts'
import { describeMissed, readGivenInputs } from '../given-inputs.ts'
import { findFiles, isPattern } from '../../process/find-files.ts'
import { judgeSharedInputs } from '../../workflow/inputs.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator check` does. */
export async function checkFiles(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const paths = await choosePaths(line.operands, around)
  if (typeof paths === 'number') return paths
  const given = readGivenInputs(line)
  if ('mistake' in given) return refuse(around, given)
  const render = chooseFormat<RenderChecked>(line, checkFormats)
  const isText = render === checkFormats.text
  const style = createStyle(around.out.colour)
  const diagnostics: Diagnostic[] = []
  const sources = new Map<string, string>()
  const declared: Plan['inputs'][] = []
  const missed = new Set<string>()
  let unreadable = 0
  for (const path of paths) {
    const compiled = await compileFile(path, around, given.inputs)
    if ('mistake' in compiled) {
      complain(around, compiled)
      unreadable++
      continue
    }
    diagnostics.push(...compiled.diagnostics)
    if (compiled.plan !== undefined) declared.push(compiled.plan.inputs)
    for (const name of compiled.missedInputs) missed.add(name)
    for (const [file, text] of compiled.sources) sources.set(file, text)
    if (!isText) continue
    if (compiled.diagnostics.length > 0) around.out.write(await render(compiled, around))
    else if (!line.has('quiet')) {
      const count = compiled.plan?.instances.filter((instance) => instance.kind === 'process').length ?? 0
      around.out.write(`${style.green('✓')} ${path}: ${formatPlural(count, 'instance')}\n`)
    }
  }
  if (!isText) around.out.write(await render({ diagnostics, sources }, around))
  if (missed.size > 0 && !line.has('quiet')) around.err.write(`${describeMissed([...missed], 'in what was checked')}\n`)
  // A file with errors may declare what seems to be unknown.
  const problems = declared.length < paths.length ? [] : judgeSharedInputs(declared, given.inputs)
  for (const problem of problems) complain(around, { mistake: problem })
  const counted = countDiagnostics(diagnostics)
  if (counted !== '') around.err.write(`${counted} in ${formatPlural(paths.length, 'file')}\n`)
  return unreadable + problems.length > 0 || diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 2 : 0
}

async function choosePaths(operands: readonly string[], around: Surroundings): Promise<string[] | ExitCode> {
  if (operands.length === 0) {
    const path = chooseFile(undefined, around)
    if (typeof path === 'string') return [path]
    return refuse(around, path)
  }
  const paths: string[] = []
  for (const operand of operands) {
    const found = isPattern(operand) ? await findFiles(operand, around.cwd) : [operand]
    if (found.length === 0) return refuse(around, { mistake: `no file matches ${operand}` })
    paths.push(...found)
  }
  return [...new Set(paths.map((path) => pathFromRoot(path, around)))]
}
