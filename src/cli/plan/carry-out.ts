import type { Plan } from '../../core/plan.ts'
import { closestName } from '../../core/closest-name.ts'
import { chooseFormat } from '../choose-format.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain } from '../compile-file.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { describeMissed, readGivenInputs } from '../given-inputs.ts'
import { quoted } from '../parse-arguments.ts'
import { showDiagnostics } from '../show-diagnostics.ts'
import type { Surroundings } from '../surroundings.ts'
import { localTimeZone } from '../../run/local-time-zone.ts'
import { variantFactsOf } from '../variant-facts.ts'
import { judgeInputs } from '../../workflow/inputs.ts'
import { readShardRules } from '../../run/shard-rules.ts'
import { planFormats } from './formats.ts'

/** What `orchestrator plan` does. */
export async function showPlan(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = chooseFile(line.operands[0], around)
  if (typeof path !== 'string') return refuse(around, path)
  const given = readGivenInputs(line)
  if ('mistake' in given) return refuse(around, given)
  const compiled = await compileOrComplain(path, around, given.inputs)
  if (compiled?.plan === undefined) return 2
  const { plan, missedInputs } = compiled
  const problems = judgeInputs(plan.inputs, given.inputs)
  for (const problem of problems) complain(around, { mistake: problem })
  if (problems.length > 0) return 2
  if (missedInputs.length > 0) around.err.write(`${describeMissed(missedInputs, 'in this plan')}\n`)
  const id = line.value('explain')
  if (id !== undefined && !knows(plan, id)) {
    const ids = plan.instances.filter((instance) => instance.kind !== 'gate').map((instance) => instance.id)
    const meant = closestName(id, ids)
    const hint = meant === undefined ? `instances are ${ids.slice(0, 12).join(', ')}` : `did you mean ${meant}?`
    return refuse(around, { mistake: `${path} has no instance ${quoted(id)}`, hint })
  }
  if (id !== undefined) {
    const { explainInstance } = await import('../../report/explain.ts')
    const clock = { now: around.now(), timeZone: localTimeZone() }
    around.out.write(explainInstance(plan, id, { clock, variantFacts: variantFactsOf(around) }))
    return 0
  }
  const rules = readShardRules((name) => line.value(name))
  if ('mistake' in rules) return refuse(around, rules)
  if (line.value('format') === 'shards') {
    const [{ makeShards }, { examineShards }] = await Promise.all([
      import('../../run/make-shards.ts'),
      import('../../run/examine-shards.ts'),
    ])
    const diagnostics = examineShards(plan, makeShards(plan, rules))
    await showDiagnostics(diagnostics, compiled.sources, around)
    if (diagnostics.some(({ severity }) => severity === 'error')) return 2
  }
  const { lookBack } = await import('../look-back.ts')
  around.out.write(await chooseFormat(line, planFormats)(plan, await lookBack(plan, around), around, rules))
  return 0
}

function knows(plan: Plan, id: string): boolean {
  return plan.instances.some(
    (instance) =>
      instance.id === id ||
      (instance.kind === 'gate' && instance.expansion?.template.some((inner) => inner.id === id) === true),
  )
}
