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
  const programs = new Set<number>()
  /**
   * When a program that runs was started; what has ended may have left behind whatever there is. Asked only here: to read it of one that is just starting
   * takes as long as its start.
   */
  const startOf = (program: number): number => {
    const stat = readStat(program)
    return stat?.parent === parent && !stat.zombie ? stat.startTicks : Number.POSITIVE_INFINITY
  }
  return {
    add(program) {
      programs.add(program)
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
      for (const program of programs) if (startOf(program) <= born.startTicks) return 'unsure'
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
