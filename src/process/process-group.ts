import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { newcomersSince, type Birth } from './newcomers.ts'
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
export async function groupEnded(pid: number, birth: Birth, isTimeUp: () => boolean): Promise<void> {
  while (!isTimeUp() && hasGroup(pid)) {
    if (process.platform === 'linux' && !hasLivingMember(pid, birth)) return
    await delay(10)
  }
}

function hasLivingMember(group: number, birth: Birth): boolean {
  for (const pid of newcomersSince(birth)) {
    const stat = readStat(pid)
    if (stat !== undefined && stat.group === group && !stat.zombie) return true
  }
  return false
}
