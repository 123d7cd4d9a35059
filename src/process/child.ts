import { spawn as spawnChild } from 'node:child_process'
import { markVariable, nestMark } from './mark.ts'
import { noteBirth } from './newcomers.ts'
import type { Spawn, StartChild } from './spawn.ts'

/** Starts a program as a child of this very process. */
export const startChild: StartChild = (spawn, mark) => {
  const [program = '', ...args] = spawn.argv
  try {
    const child = spawnChild(program, args, {
      cwd: spawn.cwd,
      env: markedEnvironment(spawn, mark),
      stdio: [spawn.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    const { pid, stdin, stdout, stderr } = child
    if (pid === undefined || stdout === null || stderr === null)
      return new Promise((resolve) => {
        child.on('error', (error) => resolve({ error }))
      })
    return {
      pid,
      birth: noteBirth(pid),
      stdin,
      stdout,
      stderr,
      onEnd: (listener) => child.once('exit', (code, signal) => listener({ code, signal })),
    }
  } catch (error) {
    return Promise.resolve({ error })
  }
}

/** The environment of a spawn with the mark in it. */
export function markedEnvironment({ env }: Spawn, mark: string): Record<string, string> {
  return { ...env, [markVariable]: nestMark(env[markVariable], mark) }
}
