import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import { createDeferred } from '../core/deferred.ts'
import { expectBirth, noteBirth } from './newcomers.ts'
import { signalGroup } from './process-group.ts'
import type { Child, ChildEnd, NotStarted } from './spawn.ts'

/** Our ends of a program's pipes; undefined for input that nobody gives. */
export interface ProgramPipes {
  readonly out: number
  readonly err: number
  readonly in: number | undefined
}

/** A program that a fork server was asked for, and what is heard of it. */
export interface ForkedProgram {
  readonly pid: number | undefined
  started(pid: number): void
  /** True when it will not be heard of again: it was not started before. */
  failed(error: Error): boolean
  ended(end: ChildEnd): void
  /** The server is gone, and with it the only one who could say how the program ends. */
  abandoned(why: string): void
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** A program on its way, which resolves as a child as soon as its process is known. */
export function createForkedProgram(
  pipes: ProgramPipes,
  resolve: (result: Child | NotStarted) => void,
  kinshipOf: Child['kinshipOf'],
): ForkedProgram {
  const born = expectBirth()
  const end = createDeferred<ChildEnd>()
  let failure: Error | undefined

  const fail = (result: NotStarted): void => {
    born()
    for (const fd of [pipes.out, pipes.err, pipes.in]) if (fd !== undefined) closeSync(fd)
    resolve(result)
  }

  const ended = (how: ChildEnd): void => end.resolve({ ...how, ...(failure && { error: failure }) })

  const program: Writable<ForkedProgram> = {
    pid: undefined,
    started(pid) {
      program.pid = pid
      const birth = noteBirth(pid)
      born()
      resolve({
        pid,
        birth,
        stdin: pipes.in === undefined ? null : new Socket({ fd: pipes.in, readable: false, writable: true }),
        // Not before: one that is empty ends as soon as it is there, also if nobody listens.
        stdout: new Socket({ fd: pipes.out, readable: true, writable: false }),
        stderr: new Socket({ fd: pipes.err, readable: true, writable: false }),
        ...(kinshipOf && { kinshipOf }),
        onEnd: (listener) => void end.promise.then(listener),
      })
    },
    failed(error) {
      failure = error
      if (program.pid === undefined) fail({ error })
      return program.pid === undefined
    },
    ended,
    abandoned(why) {
      if (program.pid === undefined) fail({ error: new Error(why), lost: why })
      else {
        signalGroup(program.pid, 'SIGKILL')
        ended({ code: null, signal: 'SIGKILL', lost: why })
      }
    },
  }
  return program
}
