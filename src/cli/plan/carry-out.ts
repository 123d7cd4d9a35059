import type { Plan } from '../../core/plan.ts'
import { closestName } from '../../core/closest-name.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain } from '../compile-file.ts'
import { complain } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { quoted } from '../parse-arguments.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator plan` does. */
export async function showPlan(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = chooseFile(line.operands[0], around)
  if (typeof path !== 'string') {
    complain(around, path)
    return 2
  }
  const compiled = compileOrComplain(path, around)
  if (compiled?.plan === undefined) return 2
  const { plan } = compiled
  const id = line.value('explain')
  if (id !== undefined && !knows(plan, id)) {
    const ids = plan.instances.filter((instance) => instance.kind !== 'gate').map((instance) => instance.id)
    const meant = closestName(id, ids)
    const hint = meant === undefined ? `instances are ${ids.slice(0, 12).join(', ')}` : `did you mean ${meant}?`
    complain(around, { mistake: `${path} has no instance ${quoted(id)}`, hint })
    return 2
  }
  around.out.write(await renderPlan(plan, id, line.value('format') ?? 'text', around))
  return 0
}

async function renderPlan(
  plan: Plan,
  explained: string | undefined,
  format: string,
  around: Surroundings,
): Promise<string> {
  if (explained !== undefined) return (await import('../../report/explain.ts')).explainInstance(plan, explained)
  const { readDurations } = await import('../../run/durations.ts')
  const durations = readDurations(`${around.cwd}/.orchestrator`, plan.name)
  if (format === 'mermaid') return (await import('../../report/plan-mermaid.ts')).renderPlanMermaid(plan, { durations })
  if (format === 'dot') return (await import('../../report/plan-dot.ts')).renderPlanDot(plan, { durations })
  const { expandCommandLines } = await import('./command-lines.ts')
  const options = { durations, commandLines: expandCommandLines(plan, around) }
  if (format === 'json') {
    const { renderPlanJson } = await import('../../report/plan-json.ts')
    return `${JSON.stringify(renderPlanJson(plan, options), null, 2)}\n`
  }
  const { renderPlanText } = await import('../../report/plan-text.ts')
  return renderPlanText(plan, { ...options, ...(around.out.interactive && { columns: around.out.columns() }) })
}

function knows(plan: Plan, id: string): boolean {
  return plan.instances.some(
    (instance) =>
      instance.id === id ||
      (instance.kind === 'gate' && instance.expansion?.template.some((inner) => inner.id === id) === true),
  )
}
