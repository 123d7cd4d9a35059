import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defaultRules } from '../../simulate/rules.ts'
import { resolveInputs } from '../../workflow/inputs.ts'
import { tuneForFile } from '../tune-for-file.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { readGivenInputs } from '../given-inputs.ts'
import { readShard } from '../open-shard.ts'
import { readOnly } from '../read-only.ts'
import { runPlan } from '../run-plan.ts'
import { readDeskContext } from '../run/desk-context.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator collect` does. */
export async function collectShards(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = chooseFile(line.operands[0], around)
  if (typeof path !== 'string') return refuse(around, path)
  const folder = line.value('fragments')
  if (folder === undefined) return refuse(around, { mistake: '--fragments is missing: where are the shards?' })
  if (!existsSync(resolve(around.cwd, folder))) return refuse(around, { mistake: `there is no directory ${folder}` })
  const given = readGivenInputs(line)
  if ('mistake' in given) return refuse(around, given)
  tuneForFile(resolve(around.root, path), around)
  const compiled = await compileOrComplain(path, around, given.inputs)
  if (compiled?.plan === undefined) return 2
  const { inputs, problems } = resolveInputs(compiled.plan.inputs, given.inputs)
  for (const problem of problems) complain(around, { mistake: problem })
  if (problems.length > 0) return 2
  const only = readOnly(line, compiled.plan)
  if (only !== null && 'mistake' in only) return refuse(around, only)
  const context = readDeskContext(line.value('event'), around)
  if ('mistake' in context) return refuse(around, context)
  const simulated = line.has('simulate')
  const asked = { plan: compiled.plan, inputs, simulated, github: context.github, name: undefined, only: [] }
  const opened = readShard(asked, line, around)
  if ('mistake' in opened) return refuse(around, opened)
  return runPlan(
    {
      ...opened,
      inputs,
      only,
      maxParallel: undefined,
      workspace: around.root,
      context,
      base: line.value('base'),
      runDirectory: line.value('run-dir'),
      simulation: simulated ? defaultRules : undefined,
      quiet: line.has('quiet'),
      verbose: false,
      noCache: true,
      json: line.has('json'),
    },
    around,
  )
}
