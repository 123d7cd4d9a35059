import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { readStat } from './proc.ts'
import { signalProcess } from './sweep.ts'

/** Signals a whole process group; on Windows, which has neither groups nor TERM, ends the process's tree. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform !== 'win32') {
    signalProcess(-pid, signal)
    return
  }
  const force = signal === 'SIGKILL' ? ['/F'] : []
  spawn('taskkill', ['/PID', String(pid), '/T', ...force], { stdio: 'ignore', windowsHide: true }).on('error', () => {})
}

/** Whether a group has members, be it only zombies. */
export function hasGroup(pid: number): boolean {
  return process.platform !== 'win32' && signalProcess(-pid, 0)
}

/**
 * Waits while members of a group that was asked to end are at it, which may take them longer than their leader. Zombies do not count: where
 * process 1 is no init, in many containers, nobody ever collects them.
 */
export async function groupEnded(
  pid: number,
  candidates: () => readonly number[],
  isTimeUp: () => boolean,
): Promise<void> {
  const isMember = (candidate: number): boolean => {
    const stat = readStat(candidate)
    return stat !== undefined && stat.group === pid && !stat.zombie
  }
  while (!isTimeUp() && hasGroup(pid)) {
    if (process.platform === 'linux' && !candidates().some(isMember)) return
    await delay(10)
  }
}
