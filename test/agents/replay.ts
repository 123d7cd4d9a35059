import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Agent, AgentEvent, AttemptDirectory, Conclusion } from '../../src/agents/agent.ts'
import { ownTrust } from '../../src/core/run-trust.ts'
import type { Task } from '../../src/core/task.ts'
import type { Exit } from '../../src/process/spawn.ts'
import { taskOf } from './rig.ts'

const fixtures = resolve(import.meta.dirname, '../fixtures/agents')

/** An end with nothing remarkable but what is given. */
export function exitOf(rest: Partial<Exit>): Exit {
  return {
    code: 0,
    signal: null,
    durationMs: 1000,
    stdoutBytes: 0,
    stderrBytes: 0,
    stdoutHead: '',
    stdoutTail: '',
    stderrTail: '',
    swept: 0,
    ...rest,
  }
}

/** A directory of an attempt with nothing in it. */
export function directoryOf(home: string, rest: Partial<AttemptDirectory> = {}): AttemptDirectory {
  return {
    cwd: home,
    home,
    temp: home,
    userHome: undefined,
    stdoutFile: join(home, 'stdout.log'),
    env: {},
    find: (program) => `/bin/${program}`,
    trust: ownTrust,
    ...rest,
  }
}

/** Feeds a recorded output of the real CLI through the adapter, only the lines that it wants. */
export async function replay(
  agent: Agent,
  recording: string,
  exit: Partial<Exit>,
  task: Partial<Task> = {},
): Promise<Conclusion & { readonly events: readonly AgentEvent[] }> {
  const home = mkdtempSync(join(tmpdir(), 'replay-'))
  try {
    const asked = taskOf('recorded', agent.name, { action: { kind: 'prompt', prompt: 'go' }, ...task })
    const parser = await agent.parser(asked, directoryOf(home))
    const events: AgentEvent[] = []
    for (const line of readFileSync(join(fixtures, `${recording}.ndjson`), 'utf8').split('\n')) {
      if (parser.wants?.(Buffer.from(line)) === false) continue
      events.push(...parser.line(line))
    }
    return { ...(await parser.end(exitOf(exit))), events }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
