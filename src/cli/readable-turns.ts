import type { Agent, Parser } from '../agents/agent.ts'
import { builtinAgents, customAgents } from '../agents/registry.ts'
import { plainText } from '../core/plain-text.ts'
import type { RunState } from '../core/run-state.ts'

/** Makes of a line that a program printed what people read. */
export type ShowLine = (line: string) => readonly string[]

/** As it is, without what acts on a terminal. */
export const showPlain: ShowLine = (line) => [plainText(line)]

/**
 * How the lines of an attempt are shown: of an agent what it said and each use of a tool, `● Bash: npm test`; of a command as they are, which is known
 * at once. Its stream is read by the parser that read it while it ran.
 */
export function readableTurns(state: RunState, id: string, attempt: number): ShowLine | Promise<ShowLine> {
  const known = state.instances.get(id)
  const runtime = known?.attempts.find(({ started }) => started?.attempt === attempt)?.started?.runtime
  if (known?.instance.kind !== 'process' || state.started === undefined) return showPlain
  const builtin = builtinAgents.find(({ name }) => name === runtime)
  if (builtin?.kind === 'command') return showPlain
  const nowhere = '/nonexistent'
  const { process, label } = known.instance
  const turns = async (agent: Agent): Promise<ShowLine> =>
    turnsOf(
      await agent.parser(
        { ...process, id, label, attempt },
        {
          cwd: nowhere,
          home: nowhere,
          temp: nowhere,
          userHome: undefined,
          stdoutFile: nowhere,
          env: {},
          find: () => undefined,
          trust: { tree: false, event: false },
        },
      ),
    )
  if (builtin !== undefined) return turns(builtin)
  return customAgents(state.started.plan.runtimes).then((agents) => {
    const agent = agents.find(({ name, kind }) => name === runtime && kind === 'agent')
    return agent === undefined ? showPlain : turns(agent)
  })
}

function turnsOf(parser: Parser): ShowLine {
  let last = ''
  return (line) => {
    if (!line.startsWith('{')) return showPlain(line)
    if (parser.wants?.(Buffer.from(line)) === false) return []
    return parser.line(line).flatMap((event) => {
      if (event.type !== 'said' && event.type !== 'activity') return []
      // The start and the end of one use of a tool.
      const isRepeated = event.type === 'activity' && event.text === last
      last = event.text
      if (isRepeated) return []
      return event.type === 'said' ? plainText(event.text).trimEnd().split('\n') : [plainText(`● ${event.text}`)]
    })
  }
}
