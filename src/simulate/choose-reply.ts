import type { ModelRequest } from './model-request.ts'
import { plainReply, type Reply } from './reply.ts'
import type { Match, Rule, SimulationRules } from './rules.ts'

/** Picks the reply to each request, and remembers what was used up. `inFlight` counts the request itself. */
export type ChooseReply = (request: ModelRequest, inFlight: number) => Reply

/** A chooser with fresh counters. */
export function createChooser({ rules }: SimulationRules): ChooseReply {
  const used = new Map<Rule, number>()
  const usedByAttempt = new Map<Rule, Map<string, number>>()
  return (request, inFlight) => {
    for (const rule of rules) {
      const count = used.get(rule) ?? 0
      if ((rule.times !== undefined && count >= rule.times) || !holds(rule.match, request, inFlight)) continue
      used.set(rule, count + 1)
      const byAttempt = usedByAttempt.get(rule) ?? new Map<string, number>()
      usedByAttempt.set(rule, byAttempt)
      const attempt = `${request.instance}/${request.attempt}`
      const turn = byAttempt.get(attempt) ?? 0
      byAttempt.set(attempt, turn + 1)
      return replyOf(rule, turn)
    }
    return plainReply
  }
}

function holds(match: Match, request: ModelRequest, inFlight: number): boolean {
  return (
    (match.attempt === undefined || match.attempt === request.attempt) &&
    (match.request === undefined || match.request === request.number) &&
    (match.inFlightAbove === undefined || inFlight > match.inFlightAbove) &&
    (match.instance === undefined || match.instance.test(request.instance)) &&
    (match.model === undefined || match.model.test(request.model)) &&
    (match.prompt === undefined || match.prompt.test(request.prompt))
  )
}

function replyOf(rule: Rule, turn: number): Reply {
  const reply = rule.replies[turn]
  if (reply !== undefined) return reply
  const last = rule.replies.at(-1) ?? plainReply
  return rule.repeat || last.tools.length === 0 ? last : { ...last, tools: [] }
}
