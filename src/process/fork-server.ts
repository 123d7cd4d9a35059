import { type ChildProcess, spawn as spawnChild } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { createAdoption } from './adoption.ts'
import { markedEnvironment } from './child.ts'
import { createForkedProgram, type ForkedProgram, type ProgramPipes } from './forked-program.ts'
import { forkServerScript } from './fork-server-script.ts'
import { environmentFields, interpreter, packFields } from './interpreter.ts'
import { createLineSplitter } from './line-splitter.ts'
import { markVariable } from './mark.ts'
import { noteStranger } from './newcomers.ts'
import { readStat } from './proc.ts'
import type { Child, NotStarted, Spawn } from './spawn.ts'
import { endOfStatus, systemError } from './spawn-error.ts'
import { signalProcess, sweepMarked } from './sweep.ts'

/** A small process that starts programs in our place, and is the parent of what they leave behind. */
export interface ForkServer {
  /** Resolves with the error of a program that cannot be started, and with undefined when it must be started by other means. */
  start(spawn: Spawn, mark: string): Promise<Child | NotStarted | undefined>
  /** Kills what its programs left behind and lets it end. */
  close(): Promise<void>
}

/** Programs that may be on their way at the same time; more wait for these. */
const mostPipes = 16
/** So many of those that wait for a program have their outputs opened ahead: descriptors are few in some places. */
const openedAhead = 2
/** A server that has not answered by then, milliseconds, is not waited for. */
const answerMs = 5000
/** How often a server that is waited for is asked whether it is there. */
const askMs = 500
/** So many questions without an answer, and it is given up. They are counted, so that nothing is held against it while we do not run ourselves. */
const mostQuestions = 20
/** What its programs are told when it has died. */
const why = 'the process that had started it was killed'

/** The numbers of prctl(2), rt_sigprocmask(2), dup3(2), pipe2(2) and close(2), as in the headers of Linux: Perl's own ways take several calls each. */
const systemCalls: Readonly<Record<string, readonly number[]>> = {
  x64: [157, 14, 292, 293, 3],
  ia32: [172, 175, 330, 331, 6],
  arm: [172, 175, 358, 359, 6],
  arm64: [167, 135, 24, 59, 57],
  riscv64: [167, 135, 24, 59, 57],
  loong64: [167, 135, 24, 59, 57],
  ppc64: [171, 174, 316, 317, 6],
  s390x: [172, 175, 326, 325, 6],
}

/** The pipes for a program, by the server's descriptors of the ends that are ours. */
interface Pipes {
  readonly id: number
  readonly out: number
  readonly err: number
  readonly in: number
  /** Descriptors of our own for the outputs, where they were opened while a program was waited for. */
  readonly ends?: ProgramPipes | undefined
}

/** What a fork server was doing when it was lost: it had never been ready, it waited for requests, or programs of it ran. */
export type LostWhile = 'starting' | 'idle' | 'busy'

/** Starts a fork server, which carries the mark itself; `onLost` is called when it is of no use any more, unless it was closed. It locks the claims first. */
export function createForkServer(
  mark: string,
  onLost: (doing: LostWhile) => void,
  claims: readonly number[] = [],
): ForkServer {
  const calls = systemCalls[process.arch]
  if (calls === undefined) throw new Error(`no system calls are known for ${process.arch}`)
  const args = [mostPipes, claims.length, ...calls].map(String)
  const server: ChildProcess = spawnChild(interpreter, ['-e', forkServerScript, ...args], {
    env: { [markVariable]: mark },
    stdio: ['pipe', 'pipe', 'ignore', ...claims],
    detached: true,
  })
  const adoption = server.pid === undefined ? undefined : createAdoption(server.pid)
  const free: Pipes[] = []
  const programs = new Map<number, ForkedProgram>()
  let waiters: ((pipes: Pipes | undefined) => void)[] = []
  let told: Spawn['env'] = {}
  let isReady = false
  let isLost = false
  let isClosed = false
  let asked = 0
  let questions: NodeJS.Timeout | undefined

  const refuseAll = (): void => {
    for (const give of waiters) give(undefined)
    waiters = []
  }

  const lose = (): void => {
    if (isLost) return
    isLost = true
    clearTimeout(silence)
    clearInterval(questions)
    server.stdin?.end()
    // Also one that was closed, and has nothing left to do: stopped by somebody, it would never see that.
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGKILL')
    for (const { ends } of free.splice(0)) if (ends !== undefined) for (const fd of [ends.out, ends.err]) closeSync(fd)
    refuseAll()
    if (!isClosed) onLost(programs.size > 0 ? 'busy' : isReady ? 'idle' : 'starting')
  }
  const silence = setTimeout(lose, answerMs)

  /** Something that stopped it is undone, one that is silent all the same is killed: its programs must not wait for ever. */
  const ask = (): void => {
    if (server.pid === undefined || programs.size === 0) return
    if (readStat(server.pid)?.stopped === true) signalProcess(server.pid, 'SIGCONT')
    if (++asked > mostQuestions) signalProcess(server.pid, 'SIGKILL')
    server.stdin?.write(frame(''))
  }

  const isAlive = (): boolean => server.pid !== undefined && readStat(server.pid)?.zombie === false

  const watch = (): void => {
    if (questions !== undefined) return
    asked = 0
    questions = setInterval(ask, askMs).unref()
  }

  const forget = (id: number): void => {
    programs.delete(id)
    if (programs.size > 0) return
    clearInterval(questions)
    questions = undefined
  }

  const offer = (pipes: Pipes): void => {
    isReady = true
    clearTimeout(silence)
    const give = waiters.shift()
    if (give !== undefined) give(pipes)
    else if (free.length < mostPipes)
      free.push(
        programs.size === 0 || free.length >= openedAhead
          ? pipes
          : { ...pipes, ends: openEnds(server.pid ?? 0, pipes, false) },
      )
    // More than it was told to have at hand: somebody else writes in its place, without end perhaps.
    else {
      server.stdout?.destroy()
      lose()
    }
  }

  const take = (line: string): void => {
    asked = 0
    const [word, ...numbers] = line.split(' ')
    if (word === 'short') return refuseAll()
    const [id = 0, second = 0, third = 0, fourth = 0] = numbers.map(Number)
    if (word === 'ready') return offer({ id, out: second, err: third, in: fourth })
    const program = programs.get(id)
    if (word === 'started') {
      adoption?.add(second)
      program?.started(second)
    }
    if (word === 'error' && program?.failed(systemError(second)) === true) forget(id)
    if (word === 'ended') {
      forget(id)
      if (program?.pid !== undefined) adoption?.delete(program.pid)
      program?.ended(endOfStatus(second))
    }
  }

  if (server.pid !== undefined) noteStranger(server.pid)
  server.stdin?.on('error', () => {})
  const lines = createLineSplitter({ onLine: take, onTooLong: lose })
  server.stdout?.on('data', (chunk: Buffer) => lines.push(chunk))
  server.on('error', lose)
  server.on('close', () => {
    lose()
    for (const program of programs.values()) program.abandoned(why)
    programs.clear()
  })

  return {
    async start(spawn, childMark) {
      if (isLost) return undefined
      if (isLarge(spawn)) return undefined
      const pipes = free.shift() ?? (await new Promise<Pipes | undefined>((resolve) => waiters.push(resolve)))
      if (pipes === undefined) return undefined
      const { argv, cwd, stdin } = spawn
      const env = markedEnvironment(spawn, childMark)
      const fields = [String(pipes.id), stdin === undefined ? '' : '1', cwd, String(argv.length), ...argv]
      const request = packFields([...fields, ...environmentFields(env, told)])
      const ends = request === undefined ? undefined : openEnds(server.pid ?? 0, pipes, stdin !== undefined)
      if (request === undefined || ends === undefined) {
        if (isAlive()) offer(pipes)
        else lose()
        return undefined
      }
      told = env
      server.stdin?.write(frame(request))
      const answer = await new Promise<Child | NotStarted>((resolve) => {
        programs.set(pipes.id, createForkedProgram(ends, resolve, adoption?.kinshipOf))
        watch()
      })
      // It may have been started all the same, and is started again by whoever hears of this.
      if ('lost' in answer) await sweepMarked(childMark)
      return answer
    },
    async close() {
      isClosed = true
      if (!isLost) await adoption?.end()
      lose()
    },
  }
}

/** Beyond it Node starts the program: each variable that Perl sets is looked for among all of them, and others would wait meanwhile. */
const mostVariables = 1000

function isLarge({ env }: Spawn): boolean {
  return Object.keys(env).length > mostVariables
}

/** Descriptors of our own for our ends of the pipes, which the server holds open until its program is started. */
function openEnds(server: number, pipes: Pipes, writes: boolean): ProgramPipes | undefined {
  const opened: number[] = []
  const open = (fd: number, flags: number): number => {
    const own = openSync(`/proc/${server}/fd/${fd}`, flags | constants.O_NONBLOCK)
    opened.push(own)
    return own
  }
  try {
    const { out, err } = pipes.ends ?? {
      out: open(pipes.out, constants.O_RDONLY),
      err: open(pipes.err, constants.O_RDONLY),
    }
    return { out, err, in: writes ? open(pipes.in, constants.O_WRONLY) : undefined }
  } catch {
    for (const fd of opened) closeSync(fd)
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
