import { type ChildProcess, spawn as spawnChild } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants as system } from 'node:os'
import { markedEnvironment } from './child.ts'
import { forkServerScript } from './fork-server-script.ts'
import { environmentFields, interpreter, packFields } from './interpreter.ts'
import { createLineSplitter } from './line-splitter.ts'
import { markVariable } from './mark.ts'
import { expectBirth, noteBirth, noteStranger } from './newcomers.ts'
import { signalGroup } from './process-group.ts'
import type { Child, ChildEnd, Spawn } from './spawn.ts'
import { systemError } from './spawn-error.ts'

/** A small process that starts programs in our place. */
export interface ForkServer {
  /** Resolves with the error of a program that cannot be started, and with undefined when it must be started by other means. */
  start(spawn: Spawn, mark: string): Promise<Child | { readonly error: Error } | undefined>
  /** Lets it end. */
  close(): void
}

/** Programs that may be on their way at the same time; more wait for these. */
const mostPairs = 16
/** A server that has not answered by then, milliseconds, is not waited for. */
const answerMs = 1000

/** The pipes for a program's output, by the descriptors of the server that read them. */
interface Pair {
  readonly id: number
  readonly out: number
  readonly err: number
}

/** A program that was asked for. */
interface Program {
  started(pid: number): void
  /** True when it will not be heard of again: it was not started before. */
  failed(error: Error): boolean
  ended(end: ChildEnd): void
  /** The server is gone. */
  abandoned(): void
}

/** Starts a fork server, which carries the mark itself; `onLost` is called when it is of no use any more. */
export function createForkServer(mark: string, onLost: () => void): ForkServer {
  const server: ChildProcess = spawnChild(interpreter, ['-e', forkServerScript, String(mostPairs)], {
    env: { [markVariable]: mark },
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  })
  const free: Pair[] = []
  const programs = new Map<number, Program>()
  let waiters: ((pair: Pair | undefined) => void)[] = []
  let told: Spawn['env'] = {}
  let isLost = false

  const refuseAll = (): void => {
    for (const give of waiters) give(undefined)
    waiters = []
  }

  const lose = (): void => {
    if (isLost) return
    isLost = true
    clearTimeout(silence)
    server.stdin?.end()
    refuseAll()
    onLost()
  }
  const silence = setTimeout(lose, answerMs)

  const offer = (pair: Pair): void => {
    clearTimeout(silence)
    const give = waiters.shift()
    if (give === undefined) free.push(pair)
    else give(pair)
  }

  const take = (line: string): void => {
    const [word, ...numbers] = line.split(' ')
    if (word === 'short') return refuseAll()
    const [id = 0, second = 0, third = 0] = numbers.map(Number)
    if (word === 'ready') return offer({ id, out: second, err: third })
    const program = programs.get(id)
    if (word === 'started') program?.started(second)
    if (word === 'error' && program?.failed(systemError(second)) === true) programs.delete(id)
    if (word === 'ended') {
      programs.delete(id)
      program?.ended(endOf(second))
    }
  }

  if (server.pid !== undefined) noteStranger(server.pid)
  server.stdin?.on('error', () => {})
  const lines = createLineSplitter({ onLine: take, onTooLong: lose })
  server.stdout?.on('data', (chunk: Buffer) => lines.push(chunk))
  server.on('error', lose)
  server.on('close', () => {
    lose()
    for (const program of programs.values()) program.abandoned()
    programs.clear()
  })

  return {
    async start(spawn, childMark) {
      if (isLost) return undefined
      const pair = free.shift() ?? (await new Promise<Pair | undefined>((resolve) => waiters.push(resolve)))
      if (pair === undefined) return undefined
      const { argv, cwd } = spawn
      const env = markedEnvironment(spawn, childMark)
      const request = packFields([String(pair.id), cwd, String(argv.length), ...argv, ...environmentFields(env, told)])
      const outputs = request === undefined ? undefined : openOutputs(server.pid ?? 0, pair)
      if (request === undefined || outputs === undefined) {
        offer(pair)
        return undefined
      }
      told = env
      server.stdin?.write(frame(request))
      return new Promise((resolve) => programs.set(pair.id, createProgram(outputs, resolve)))
    },
    close: lose,
  }
}

/** A program on its way, which resolves as a child as soon as its process is known. */
function createProgram(
  outputs: readonly [number, number],
  resolve: (result: Child | { readonly error: Error }) => void,
): Program {
  const born = expectBirth()
  const end = Promise.withResolvers<ChildEnd>()
  let pid: number | undefined
  let failure: Error | undefined

  const fail = (error: Error): void => {
    born()
    for (const fd of outputs) closeSync(fd)
    resolve({ error })
  }

  const ended = (how: ChildEnd): void => end.resolve({ ...how, ...(failure && { error: failure }) })

  return {
    started(process) {
      pid = process
      const birth = noteBirth(process)
      born()
      resolve({
        pid,
        birth,
        stdin: null,
        // Not before: one that is empty ends as soon as it is there, also if nobody listens.
        stdout: new Socket({ fd: outputs[0], readable: true, writable: false }),
        stderr: new Socket({ fd: outputs[1], readable: true, writable: false }),
        onEnd: (listener) => void end.promise.then(listener),
      })
    },
    failed(error) {
      failure = error
      if (pid === undefined) fail(error)
      return pid === undefined
    },
    ended,
    abandoned() {
      if (pid === undefined) fail(new Error('the helper that was to start it is gone'))
      else {
        signalGroup(pid, 'SIGKILL')
        ended({ code: null, signal: 'SIGKILL' })
      }
    },
  }
}

/** Descriptors of our own for the reading ends of a pair, which the server holds open until its program is started. */
function openOutputs(server: number, { out, err }: Pair): readonly [number, number] | undefined {
  const open = (fd: number): number => openSync(`/proc/${server}/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK)
  let first: number | undefined
  try {
    first = open(out)
    return [first, open(err)]
  } catch {
    if (first !== undefined) closeSync(first)
    return undefined
  }
}

/** As the server reads it: its length first. */
function frame(text: string): Buffer {
  const size = Buffer.byteLength(text)
  const request = Buffer.allocUnsafe(4 + size)
  request.writeUInt32BE(size)
  request.write(text, 4)
  return request
}

/** A status of wait(2). */
function endOf(status: number): ChildEnd {
  const number = status & 0x7f
  if (number === 0) return { code: status >> 8, signal: null }
  return { code: null, signal: signalNames.get(number) ?? `signal ${number}` }
}

const signalNames = new Map(Object.entries(system.signals).map(([name, number]) => [number, name]))
