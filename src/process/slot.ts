import { spawn as spawnChild } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants as system } from 'node:os'
import { markedEnvironment } from './child.ts'
import { interpreter, packFields } from './interpreter.ts'
import { markVariable } from './mark.ts'
import { noteBirth, noteStranger } from './newcomers.ts'
import { signalGroup } from './process-group.ts'
import { slotScript } from './slot-script.ts'
import type { Child, ChildEnd, Spawn } from './spawn.ts'
import { systemError } from './spawn-error.ts'

/** A small process that starts programs for us, one at a time. */
export interface Slot {
  /** Undefined when it cannot: the caller starts the program by other means. Only for a slot that is ready. */
  start(spawn: Spawn, mark: string): Child | undefined
  /** Lets it end. */
  close(): void
}

/** What a slot tells of itself. */
export interface SlotListener {
  onReady(slot: Slot): void
  /** It is of no use any more. */
  onLost(slot: Slot): void
}

/** Longer ones would not fit into the pipe at once; the size of a usual environment is a tenth of it. */
const requestLimit = 65_536

/** The child that waits to become a program. */
interface Waiting {
  readonly pid: number
  readonly out: number
  readonly err: number
}

/** Starts a slot, which carries the mark itself. Before `onReady` it is of no use. */
export function createSlot(mark: string, { onReady, onLost }: SlotListener): Slot {
  const starter = spawnChild(interpreter, ['-e', slotScript], {
    env: { [markVariable]: mark },
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  })
  let waiting: Waiting | undefined
  let running: { readonly pid: number; end: (end: ChildEnd) => void; error?: Error } | undefined
  let retired = false
  let unread = ''

  /** A child that is killed may have read a part of its request: the next could not tell where another begins. */
  const retire = (): void => {
    retired = true
    starter.stdin.end()
    onLost(slot)
  }

  const take = (line: string): void => {
    const [word, ...numbers] = line.split(' ')
    const [first = 0, out = 0, err = 0] = numbers.map(Number)
    if (word === 'error' && running !== undefined) running.error = systemError(first)
    if (word === 'ended') {
      const end = endOf(first)
      if (end.signal !== null && running?.error === undefined) retire()
      running?.end({ ...end, ...(running.error && { error: running.error }) })
      running = undefined
    }
    if (word === 'ready' && !retired) {
      noteStranger(first)
      waiting = { pid: first, out, err }
      onReady(slot)
    }
  }

  const slot: Slot = {
    start(spawn, childMark) {
      if (waiting === undefined) return undefined
      const { pid } = waiting
      const request = requestOf(pid, spawn, childMark)
      if (request === undefined) return undefined
      const output = openOutput(starter.pid ?? 0, waiting)
      if (output === undefined) return undefined
      waiting = undefined
      let onEnd = (_end: ChildEnd): void => {}
      running = { pid, end: (end) => onEnd(end) }
      const birth = noteBirth(pid, 'earlier')
      starter.stdin.write(request)
      return {
        pid,
        birth,
        stdin: null,
        stdout: output[0],
        stderr: output[1],
        onEnd(listener) {
          onEnd = listener
        },
      }
    },
    close: () => starter.stdin.end(),
  }

  if (starter.pid !== undefined) noteStranger(starter.pid)
  starter.stdin.on('error', () => {})
  starter.stdout.setEncoding('latin1').on('data', (text: string) => {
    const lines = (unread + text).split('\n')
    unread = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
  starter.on('error', () => onLost(slot))
  starter.on('close', () => {
    onLost(slot)
    if (running === undefined) return
    signalGroup(running.pid, 'SIGKILL')
    running.end({ code: null, signal: 'SIGKILL' })
  })
  return slot
}

/** The reading ends of the waiting child's pipes, which the slot holds open until the child has ended. */
function openOutput(pid: number, { out, err }: Waiting): readonly [Socket, Socket] | undefined {
  const open = (fd: number): number => openSync(`/proc/${pid}/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK)
  const fds: number[] = []
  try {
    for (const fd of [out, err]) fds.push(open(fd))
    const [stdout, stderr] = fds.map((fd) => new Socket({ fd, readable: true, writable: false }))
    return stdout && stderr && [stdout, stderr]
  } catch {
    for (const fd of fds) closeSync(fd)
    return undefined
  }
}

/** Undefined for what the slot would not understand, or not get in one piece. */
function requestOf(pid: number, spawn: Spawn, mark: string): Buffer | undefined {
  const fields = [String(pid), spawn.cwd, String(spawn.argv.length), ...spawn.argv]
  const text = packFields(fields, markedEnvironment(spawn, mark))
  if (text === undefined) return undefined
  const size = Buffer.byteLength(text)
  if (size > requestLimit) return undefined
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
