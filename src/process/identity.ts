import { readStat } from './proc.ts'
import { signalProcess } from './sweep.ts'

/** `<pid>-<start>`: names this process among all that ever ran since the machine was booted; where there is no /proc the start is 0. */
export function ownIdentity(): string {
  return `${process.pid}-${readStat(process.pid)?.startTicks ?? 0}`
}

/** Whether the process an identity names still runs here; where there is no /proc, whether any of that id does. */
export function isRunning(identity: string): boolean {
  const [pid = 0, startTicks] = identity.split('-').map(Number)
  if (!Number.isInteger(pid) || pid <= 0) return false
  if (startTicks === 0) return signalProcess(pid, 0)
  const stat = readStat(pid)
  return stat !== undefined && !stat.zombie && stat.startTicks === startTicks
}
