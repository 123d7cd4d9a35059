import { backtestCommand } from './backtest/command.ts'
import { cacheCommand } from './cache/command.ts'
import { checkCommand } from './check/command.ts'
import type { Command } from './command.ts'
import { collectCommand } from './collect/command.ts'
import { compileCommand } from './compile/command.ts'
import { createCompletionCommand } from './completion/command.ts'
import { compareCommand } from './compare/command.ts'
import { doctorCommand } from './doctor/command.ts'
import { importCommand } from './import/command.ts'
import { initCommand } from './init/command.ts'
import { logsCommand } from './logs/command.ts'
import { onceCommand } from './once/command.ts'
import { planCommand } from './plan/command.ts'
import { pruneCommand } from './prune/command.ts'
import { retryCommand } from './retry/command.ts'
import { reportCommand } from './report/command.ts'
import { watchCommand } from './watch/command.ts'
import { runCommand } from './run/command.ts'
import { runsCommand } from './runs/command.ts'
import { runtimesCommand } from './runtimes/command.ts'

const commands: readonly Command[] = [
  initCommand,
  runCommand,
  checkCommand,
  planCommand,
  onceCommand,
  retryCommand,
  reportCommand,
  runsCommand,
  watchCommand,
  logsCommand,
  compareCommand,
  collectCommand,
  compileCommand,
  backtestCommand,
  pruneCommand,
  cacheCommand,
  doctorCommand,
  runtimesCommand,
  importCommand,
]

/** Every command, in the order of the help. They are descriptions: what does their work is loaded when it is asked for. */
export const commandTable: readonly Command[] = [...commands, createCompletionCommand(commands)]
