import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from './monotonic-time.ts'
import { listPids, readProcFile, readStat } from './proc.ts'
import { signalProcess, type Kinship } from './sweep.ts'

/** The programs of one parent that adopts what they leave behind, as a fork server does. */
export interface Adoption {
  add(program: number): void
  delete(program: number): void
  /** Whose a process is, once `program` has ended. */
  kinshipOf(pid: number): Kinship
  /** Kills what the parent has for children beside its programs until there is none, and resolves with how many there were. */
  end(): Promise<number>
}

/** How long `end` waits for what will not die. */
const giveUpAfterMs = 2000

/** A parent without programs yet. */
export function createAdoption(parent: number): Adoption {
  /** When each program that runs was started. */
  const programs = new Map<number, number>()
  return {
    add(program) {
      programs.set(program, readStat(program)?.startTicks ?? 0)
    },
    delete(program) {
      programs.delete(program)
    },
    kinshipOf(pid) {
      const born = readStat(pid)
      if (born === undefined || born.zombie) return 'stranger'
      let head = pid
      for (let stat: typeof born | undefined = born; stat?.parent !== parent; stat = readStat(head)) {
        if (stat === undefined || stat.parent <= 1) return 'stranger'
        head = stat.parent
      }
      if (programs.has(head)) return 'unsure'
      for (const startTicks of programs.values()) if (startTicks <= born.startTicks) return 'unsure'
      return 'ours'
    },
    async end() {
      const killed = new Set<number>()
      const until = monotonicMs() + giveUpAfterMs
      for (;;) {
        const left = childrenOf(parent).filter((pid) => !programs.has(pid))
        if (left.length === 0 || monotonicMs() > until) return killed.size
        for (const pid of left) if (signalProcess(pid, 'SIGKILL')) killed.add(pid)
        await delay(2)
      }
    },
  }
}

/** The living children of a process. */
function childrenOf(parent: number): number[] {
  const list = `task/${parent}/children`
  const isListed = existsSync(`/proc/${parent}/${list}`)
  const candidates = isListed ? readProcFile(parent, list).toString('latin1').trim().split(' ').map(Number) : listPids()
  return candidates.filter((pid) => {
    const stat = readStat(pid)
    return stat?.parent === parent && !stat.zombie
  })
}
