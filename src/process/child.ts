import { spawn as spawnChild, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { Duplex } from 'node:stream'
import type { ControlGroup } from './control-group.ts'
import { entryScript } from './entry-script.ts'
import { environmentFields, interpreter, packFields } from './interpreter.ts'
import { markVariable, nestMark } from './mark.ts'
import { noteBirth } from './newcomers.ts'
import type { Child, Spawn, StartChild } from './spawn.ts'
import { systemError } from './spawn-error.ts'

/** A process that is, or is about to become, the program. */
interface Started {
  readonly process: ChildProcess
  readonly onEnd: Child['onEnd']
}

/** Starts a program as a child of this very process. */
export const startChild: StartChild = (spawn, mark, group) => {
  try {
    const env = markedEnvironment(spawn, mark)
    const { process, onEnd } = group === undefined ? startDirectly(spawn, env) : startInside(group, spawn, env)
    const { pid, stdin, stdout, stderr } = process
    if (pid === undefined || stdout === null || stderr === null)
      return new Promise((resolve) => {
        process.on('error', (error) => resolve({ error }))
      })
    return { pid, birth: noteBirth(pid), stdin, stdout, stderr, onEnd }
  } catch (error) {
    return Promise.resolve({ error })
  }
}

function startDirectly(spawn: Spawn, env: Record<string, string>): Started {
  const [program = '', ...args] = spawn.argv
  const child = spawnChild(program, args, optionsFor(spawn, env))
  return {
    process: child,
    onEnd: (listener) => child.once('exit', (code, signal) => listener({ code, signal })),
  }
}

/** See `entryScript`. What cannot be told to that is not a program's environment either, as Node will say. */
function startInside(group: ControlGroup, spawn: Spawn, env: Record<string, string>): Started {
  const text = packFields([group.entrance, ...environmentFields(env)])
  if (text === undefined) return startDirectly(spawn, env)
  const options = optionsFor(spawn, { [markVariable]: env[markVariable] ?? '' }, ['pipe'])
  const child = spawnChild(interpreter, ['-e', entryScript, '--', ...spawn.argv], options)
  const line = child.stdio[3]
  const answered = line instanceof Duplex ? tell(line, text) : undefined
  return {
    process: child,
    onEnd(listener) {
      child.once('exit', async (code, signal) => {
        const error = await answered
        listener({ code, signal, ...(error && { error }) })
      })
    },
  }
}

/** Resolves, once nobody is at the other end any more, with the error that was answered. One that is killed need not listen. */
function tell(line: Duplex, text: string): Promise<Error | undefined> {
  let error: Error | undefined
  line.on('error', () => {})
  line.on('data', (errno) => (error = systemError(Number(errno))))
  line.end(text)
  return new Promise((resolve) => line.once('close', () => resolve(error)))
}

function optionsFor({ cwd, stdin }: Spawn, env: Record<string, string>, more: 'pipe'[] = []): SpawnOptions {
  return {
    cwd,
    env,
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', ...more],
    detached: process.platform !== 'win32',
    windowsHide: true,
  }
}

/** The environment of a spawn with the mark in it. */
export function markedEnvironment({ env }: Spawn, mark: string): Record<string, string> {
  return { ...env, [markVariable]: nestMark(env[markVariable], mark) }
}
