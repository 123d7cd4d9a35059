import { basename } from 'node:path'
import type { Action } from '../../core/instance.ts'
import { defaultReport, type Plan } from '../../core/plan.ts'

/** What `once` runs. */
export interface OnceRequest {
  readonly work: { readonly prompt: string } | { readonly command: readonly string[] }
  readonly runtime: string
  readonly isAgent: boolean
  readonly model: string | undefined
  readonly maxTurns: number | undefined
  readonly allowedTools: readonly string[]
  readonly timeoutMs: number | undefined
}

/** The plan of a single instance, with the policies an orchestration file has when it says nothing. */
export function buildOncePlan({ work, runtime, isAgent, ...request }: OnceRequest): Plan {
  const action: Action =
    'prompt' in work
      ? { kind: 'prompt', prompt: literal(work.prompt) }
      : { kind: 'argv', argv: work.command.map(literal) }
  const name = 'prompt' in work ? runtime : basename(work.command[0] ?? 'command')
  return {
    v: 1,
    name: 'once',
    source: null,
    inputs: {},
    env: {},
    maxParallel: { total: null, agents: null, commands: null },
    reserve: {},
    runtimes: {},
    report: defaultReport,
    instances: [
      {
        kind: 'process',
        id: 'once',
        key: 'once',
        label: name,
        needs: [],
        join: 'all',
        outputs: {},
        fallback: [],
        continueOnError: false,
        priority: 0,
        pool: isAgent ? 'agents' : 'commands',
        retry: {
          attempts: 3,
          on: ['rate-limit', 'overloaded', 'crash-before-output'],
          backoffMs: 2000,
          maxBackoffMs: 60_000,
        },
        process: {
          runtime,
          action,
          args: [],
          env: {},
          secrets: [],
          workspace: { kind: 'shared', apply: false },
          limits: {},
          attach: [],
          parse: { kind: 'none' },
          expect: isAgent ? { text: 'non-empty' } : {},
          safety: 'default',
          ...(request.model !== undefined && { model: literal(request.model) }),
          ...(request.maxTurns !== undefined && { maxTurns: request.maxTurns }),
          ...(request.allowedTools.length > 0 && { allowedTools: request.allowedTools }),
          ...(request.timeoutMs !== undefined && { timeoutMs: request.timeoutMs }),
        },
      },
    ],
  }
}

/** Text from the command line is no template: what looks like an expression in it stays text. */
function literal(text: string): string {
  return text.replaceAll('${{', "${{ '${{' }}")
}
