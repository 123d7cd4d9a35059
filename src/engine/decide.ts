import type { Command } from './command.ts'
import { applyCancellations, endRun } from './cancel.ts'
import { createDecision, type Decision } from './decision.ts'
import { evaluateEdges } from './evaluate-edges.ts'
import { enforceBudgets } from './enforce-budgets.ts'
import { finishRun } from './finish.ts'
import { judgeAttempt } from './judge.ts'
import { noticeCutTexts } from './notice-cut-texts.ts'
import { isExpecting, type Progress } from './progress.ts'
import { throttleProviders } from './provider.ts'
import { settle } from './settle.ts'
import { startReady } from './start.ts'
import { fireTimers, wakeNext } from './timers.ts'

/**
 * What is to be done now. Consequences come before starts: as long as something has to be recorded, nothing starts, so a
 * start is decided with everything known. What was returned once is not returned again.
 */
export function decide(progress: Progress, now: number): Command[] {
  const { started, finished } = progress
  if (started === undefined || finished || isExpecting(progress)) return []
  const decision = createDecision(progress, started, now)
  decideConsequences(decision)
  if (!isExpecting(progress) && !progress.taking) startReady(decision)
  noticeCutTexts(decision)
  finishRun(decision)
  wakeNext(decision)
  return decision.commands
}

function decideConsequences(decision: Decision): void {
  const { work, taking } = decision.progress
  fireTimers(decision)
  if (!taking) {
    endRun(decision)
    applyCancellations(decision)
  }
  evaluateEdges(decision)
  throttleProviders(decision)
  enforceBudgets(decision)
  if (!taking) for (const node of work.judge.splice(0)) judgeAttempt(decision, node)
  for (const node of work.settle.splice(0)) settle(decision, node)
}
