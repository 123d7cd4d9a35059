import { readFileSync, readlinkSync } from 'node:fs'
import { readStat } from './proc.ts'

/**
 * `<pid>-<start>-<namespace>`: names this process among all that ever ran since the machine was booted, in any container; where there is no
 * /proc all but the process id are 0.
 */
export function ownIdentity(): string {
  const [, number = '0'] = /\[(\d+)\]/.exec(ownNamespace()) ?? []
  return `${process.pid}-${readStat(process.pid)?.startTicks ?? 0}-${number}`
}

/** Whether the process an identity of our own namespace names still runs; where there is no /proc, whether any of that id does. */
export function isRunning(identity: string): boolean {
  const [pid = 0, startTicks] = identity.split('-').map(Number)
  if (!Number.isInteger(pid) || pid <= 0) return false
  if (startTicks === 0) return exists(pid)
  const stat = readStat(pid)
  // What cannot be read (we have no file left to open, or may not) is not therefore gone.
  if (stat === undefined) return exists(pid)
  return !stat.zombie && stat.startTicks === startTicks
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Another user's cannot be asked, and is there.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH'
  }
}

let namespace: string | undefined

/** Process ids say something only to who is in the same namespace, since the same start of the machine; `-` where that cannot be told. */
export function ownNamespace(): string {
  if (namespace === undefined)
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      namespace = `${boot}/${readlinkSync('/proc/self/ns/pid')}`
    } catch {
      namespace = '-'
    }
  return namespace
}
