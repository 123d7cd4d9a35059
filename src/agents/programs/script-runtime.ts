import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Task } from '../../core/task.ts'
import type { Spawn } from '../../process/spawn.ts'
import type { Agent, AttemptDirectory } from '../agent.ts'

/** Longest script handed over in the argv; Linux allows 128 KiB an argument. */
const inlineLimit = 65_536

/** What tells one interpreter from another. */
export interface Interpreter {
  readonly name: string
  /** Programs that may be it, the first found wins. */
  readonly programs: readonly [string, ...string[]]
  /** The flag that takes a script as an argument. */
  readonly inlineFlag: string
  readonly extension: string
  /** Variables by which it takes no module from where it runs; absent where it takes none anyway. */
  readonly safely?: Readonly<Record<string, string>>
  /** Where a script could take modules from, that stand there: the interpreter's own in its place, or only those it asks for by name. */
  readonly modules: 'its own' | 'asked for'
}

/** The runtime of an interpreter: `run` is a script in its language, `command` the arguments it is given. */
export function scriptRuntime({ name, programs, inlineFlag, extension, safely, modules }: Interpreter): Agent {
  const command = (task: Task, directory: AttemptDirectory): Spawn => {
    const found = programs.map((program) => directory.find(program)).find((path) => path !== undefined)
    const interpreter = found ?? programs[0]
    // A stranger's tree may hold modules by the names of the interpreter's own.
    const isCareful = modules === 'its own' ? !directory.trust.tree : !directory.trust.event
    const place = { env: isCareful ? { ...safely } : {}, cwd: directory.cwd }
    const { action } = task
    if (action.kind === 'argv') return { ...place, argv: [interpreter, ...action.argv, ...task.args] }
    const script = action.kind === 'script' ? action.script : action.prompt
    if (script.length <= inlineLimit && !isCareful)
      return { ...place, argv: [interpreter, inlineFlag, script, ...task.args] }
    // Versions that do not know the variables look beside the script: nobody else writes there.
    const file = join(isCareful ? directory.home : directory.temp, `script${extension}`)
    writeFileSync(file, script)
    return { ...place, argv: [interpreter, file, ...task.args] }
  }
  return {
    name,
    kind: 'command',
    program: programs[0],
    versionArgs: ['--version'],
    providerEnv: [],
    supports: new Set(['args']),
    refusal: (task) =>
      task.action.kind === 'prompt' ? `the ${name} runtime runs scripts and cannot take a prompt` : undefined,
    command,
    async parser(task, directory) {
      const { commandParser } = await import('./command-parser.ts')
      return commandParser(task, directory)
    },
  }
}
