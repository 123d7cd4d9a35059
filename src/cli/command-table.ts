import { checkCommand } from './check.ts'
import type { Command } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { importCommand } from './import.ts'
import { onceCommand } from './once.ts'
import { planCommand } from './plan.ts'
import { reportCommand } from './report.ts'
import { runCommand } from './run.ts'
import { runtimesCommand } from './runtimes.ts'

/** Every command, in the order of the help. They are descriptions: what does their work is loaded when it is asked for. */
export const commandTable: readonly Command[] = [
  runCommand,
  checkCommand,
  planCommand,
  onceCommand,
  reportCommand,
  doctorCommand,
  runtimesCommand,
  importCommand,
]
