import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'

/** Whether the processes of this machine can be looked at. */
export function hasProc(): boolean {
  return existsSync('/proc/self/stat')
}

/** Every process id there is, but our own. Empty where there is no /proc. */
export function listPids(): number[] {
  let names: string[]
  try {
    names = readdirSync('/proc')
  } catch {
    return []
  }
  const pids: number[] = []
  for (const name of names) {
    const first = name.charCodeAt(0)
    if (first >= 0x30 && first <= 0x39 && Number(name) !== process.pid) pids.push(Number(name))
  }
  return pids
}

/** What `/proc/PID/stat` tells of a process. */
export interface ProcStat {
  readonly parent: number
  readonly group: number
  /** It has ended and only waits to be asked for its status. */
  readonly zombie: boolean
  /** A signal has stopped it. */
  readonly stopped: boolean
  readonly kernelThread: boolean
  /** CPU time of itself and of the children it has waited for. */
  readonly cpuMs: number
  /** Since the machine was booted, in hundredths of a second: with the id it names a process for good. */
  readonly startTicks: number
}

/** `PF_KTHREAD` of the kernel's `sched.h`. */
const kernelThread = 0x200000
/** The kernel counts CPU time for user space in hundredths of a second on every architecture Node runs on. */
const tickMs = 10

/** Undefined for a process that is gone. */
export function readStat(pid: number): ProcStat | undefined {
  const stat = readProcFile(pid, 'stat').toString('latin1')
  if (stat === '') return undefined
  // The fields after the program's name, which may hold anything: state, ppid, pgrp, session, tty, tpgid, flags, … see proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
  return {
    parent: Number(fields[1]),
    group: Number(fields[2]),
    zombie: fields[0] === 'Z' || fields[0] === 'X',
    stopped: fields[0] === 'T',
    kernelThread: (Number(fields[6]) & kernelThread) !== 0,
    cpuMs: ticks * tickMs,
    startTicks: Number(fields[19]),
  }
}

const nothing = Buffer.alloc(0)
let scratch: Buffer | undefined

/** A view that is valid until the next call; empty when the file cannot be read. */
export function readProcFile(pid: number, name: string): Buffer {
  let fd: number | undefined
  try {
    fd = openSync(`/proc/${pid}/${name}`, 'r')
    scratch ??= Buffer.allocUnsafeSlow(65_536)
    let length = 0
    for (;;) {
      if (length === scratch.length) scratch = Buffer.concat([scratch, Buffer.alloc(scratch.length)])
      const read = readSync(fd, scratch, length, scratch.length - length, null)
      if (read === 0) return scratch.subarray(0, length)
      length += read
    }
  } catch {
    return nothing
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
