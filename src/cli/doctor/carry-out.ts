import { unpricedInstances } from '../../agents/unpriced-instances.ts'
import type { Plan } from '../../core/plan.ts'
import { forecastWords, spentWords } from '../../report/forecast-words.ts'
import { analyzePlan } from '../../report/plan-analysis.ts'
import { worstCaseWords } from '../../report/plan-words.ts'
import { createStyle } from '../../report/style.ts'
import { formatPlural } from '../../report/quantities.ts'
import type { CommandLine } from '../command.ts'
import { chooseFile, compileOrComplain } from '../compile-file.ts'
import { refuse } from '../complain.ts'
import { lookBack } from '../look-back.ts'
import { examineAhead } from './examine-ahead.ts'
import { examineEvents } from './examine-events.ts'
import { examinePermissions } from './examine-permissions.ts'
import { examinePlan, type Finding } from './examine-plan.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator doctor` does. */
export async function examine(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const path = chooseFile(line.operands[0], around)
  if (typeof path !== 'string') return refuse(around, path)
  const compiled = await compileOrComplain(path, around)
  if (compiled?.plan === undefined) return 2
  const findings = [
    ...(await examinePlan(compiled.plan, { simulated: line.has('simulate') }, around)),
    ...(line.has('simulate') ? [] : await examineAhead(compiled.plan, around)),
    ...(await estimate(compiled.plan, around)),
    ...examinePermissions(compiled.plan, around),
    ...(await examineEvents(compiled.plan, around)),
  ]
  if (line.has('json')) around.out.write(`${JSON.stringify(findings, null, 2)}\n`)
  else around.out.write(renderFindings(path, findings, around))
  return findings.some((finding) => finding.state === 'missing') ? 1 : 0
}

/** What a run will likely cost and take, and by its budgets at most. */
async function estimate(plan: Plan, around: Surroundings): Promise<Finding[]> {
  const { forecast, earlier } = await lookBack(plan, around)
  const { worstCase } = analyzePlan(plan, { unpriced: await unpricedInstances(plan, around.environment) })
  const cost = { kind: 'cost', wantedBy: [] } as const
  const spent = plan.budget && spentWords(plan.budget, earlier)
  const isUncertain = earlier?.unknown !== undefined
  return [
    { ...cost, state: 'fine', what: 'likely', detail: forecastWords(forecast) ?? '' },
    { ...cost, state: 'fine', what: 'budgeted', detail: worstCaseWords(worstCase) },
    ...(spent === undefined
      ? []
      : [
          {
            ...cost,
            state: isUncertain ? 'uncertain' : 'fine',
            what: plan.budget?.per === 'day' ? 'today' : 'this week',
            detail: spent,
          } as const,
        ]),
  ]
}

function renderFindings(path: string, findings: readonly Finding[], around: Surroundings): string {
  const style = createStyle(around.out.colour)
  const lines = findings.map(({ state, what, detail, fix, wantedBy }) => {
    const sign = state === 'fine' ? style.green('✓') : state === 'missing' ? style.red('✗') : style.yellow('!')
    const who = state === 'fine' || wantedBy.length === 0 ? '' : ` ${style.dim(`(${listOf(wantedBy)})`)}`
    const hint = fix === undefined || state === 'fine' ? '' : `\n    ${style.green('fix')}: ${fix}`
    return `${sign} ${style.bold(what)}${detail === '' ? '' : `: ${detail}`}${who}${hint}`
  })
  const missing = findings.filter((finding) => finding.state === 'missing').length
  const verdict =
    missing === 0
      ? style.green(`${path} can run here`)
      : style.red(`${path} cannot run here: ${formatPlural(missing, 'thing')} missing`)
  return `${lines.join('\n')}\n\n${verdict}\n`
}

function listOf(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
