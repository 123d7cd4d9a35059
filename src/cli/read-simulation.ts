import { resolve } from 'node:path'
import { loadPatterns } from '../core/pattern.ts'
import { readNamedText } from '../process/read-named-file.ts'
import type { SimulationRules } from '../simulate/rules.ts'
import { complain } from './complain.ts'
import type { CommandLine } from './command.ts'
import { showDiagnostics } from './show-diagnostics.ts'
import type { Surroundings } from './surroundings.ts'

/** The rules that `--simulate` asks for: undefined without it, null when they are wrong (and that was said). */
export async function readSimulation(
  line: CommandLine,
  around: Surroundings,
): Promise<SimulationRules | undefined | null> {
  if (!line.has('simulate')) return undefined
  const { defaultRules, parseRules } = await import('../simulate/rules.ts')
  const path = line.value('simulate') ?? ''
  if (path === '') return defaultRules
  const text = readNamedText(resolve(around.cwd, path))
  if (text === undefined) {
    complain(around, { mistake: `cannot read the simulation's rules: ${path}` })
    return null
  }
  await loadPatterns()
  const { rules, diagnostics } = parseRules(path, text)
  await showDiagnostics(diagnostics, new Map([[path, text]]), around)
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? null : rules
}
