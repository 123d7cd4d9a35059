import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Agent, Package } from '../../agents/agent.ts'
import { type LockEntries, lockKey, lockPath, printLock, readLock } from '../../agents/install/lock-file.ts'
import { resolveLock } from '../../agents/install/npm.ts'
import { builtinAgents } from '../../agents/registry.ts'
import { readNamedText } from '../../process/read-named-file.ts'
import { formatPlural } from '../../report/quantities.ts'
import { createStyle } from '../../report/style.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { findProgram } from '../find-program.ts'
import { quoted } from '../parse-arguments.ts'
import type { Surroundings } from '../surroundings.ts'

/** `orchestrator runtimes lock [FILE | NAME@VERSION…]`: keeps the integrity of the CLIs that are wanted in the repository's lock file. */
export async function lockRuntimes(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const wanted = await wantedVersions(line.operands.slice(1), around)
  if (wanted === undefined) return 2
  const npm = findProgram('npm', around)
  if (npm === undefined) return refuse(around, { mistake: 'there is no npm on the PATH' })
  const path = join(around.root, lockPath)
  const text = readNamedText(path)
  const earlier = text === undefined ? { entries: {} } : readLock(text)
  if ('mistake' in earlier) return refuse(around, { ...earlier, hint: `remove ${lockPath} first` })
  const entries: Record<string, LockEntries[string]> = { ...earlier.entries }
  const style = createStyle(around.out.colour)
  for (const { agent, from, version } of wanted) {
    const entry = await resolveLock(from, version, { path: npm, environment: around.environment })
    if ('mistake' in entry) {
      complain(around, { mistake: `${lockKey(agent.name, version)} cannot be locked: ${entry.mistake}` })
      return 1
    }
    for (const key of Object.keys(entries)) if (key.startsWith(`${agent.name}@`)) delete entries[key]
    entries[lockKey(agent.name, version)] = entry
    const count = formatPlural(Object.keys(entry.packages).length, 'package')
    around.out.write(`${style.green('✓')} ${lockKey(agent.name, version)}: ${from.npm}, ${count}\n`)
  }
  if (line.has('dry-run')) {
    around.out.write(
      `  ${lockPath} would be ${text === undefined ? 'made' : printLock(entries) === text ? 'as it is' : 'changed'}\n`,
    )
    return 0
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, printLock(entries))
  around.out.write(`  ${lockPath}: commit it\n`)
  return 0
}

interface Wanted {
  readonly agent: Agent
  readonly from: Package
  readonly version: string
}

/** The versions named, or those that a file asks for. */
async function wantedVersions(operands: readonly string[], around: Surroundings): Promise<Wanted[] | undefined> {
  const named = operands.filter((operand) => /^[a-z-]+@\d/.test(operand))
  const files = operands.filter((operand) => !named.includes(operand))
  const specs = named.map((operand) => operand.split('@'))
  if (specs.length === 0 || files.length > 0)
    for (const operand of files.length === 0 ? [undefined] : files) {
      const path = chooseFile(operand, around)
      const compiled = typeof path === 'string' ? await compileOrComplain(path, around) : undefined
      if (typeof path !== 'string') complain(around, path)
      if (compiled?.plan === undefined) return undefined
      specs.push(...Object.entries(compiled.plan.versions ?? {}))
    }
  if (specs.length === 0) {
    complain(around, {
      mistake: 'the file asks for no version of a runtime',
      hint: 'write `runtimes: { claude: { version: 2.1.332 } }`, or name one: orchestrator runtimes lock claude@2.1.332',
    })
    return undefined
  }
  const wanted: Wanted[] = []
  for (const [name = '', version = ''] of specs) {
    const agent = builtinAgents.find((candidate) => candidate.name === name)
    if (agent?.package === undefined) {
      complain(around, { mistake: `${quoted(name)} is not a runtime that is installed from npm` })
      return undefined
    }
    wanted.push({ agent, from: agent.package, version })
  }
  return wanted
}
