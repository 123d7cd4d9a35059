import { startChild } from './child.ts'
import { hasInterpreter } from './interpreter.ts'
import { createSlot, type Slot } from './slot.ts'
import type { StartChild } from './spawn.ts'

/** Starts programs by the cheapest means there is. */
export interface Starter {
  readonly start: StartChild
  /** Lets go of the processes that were kept for starting others. */
  close(): void
}

/** So many programs are started without ado; a run of more is worth the few milliseconds of slots. */
const firstStarts = 8
const mostSlots = 32

/**
 * A starter for one run. To start a program, Node has its own process copied, page table by page table: 1 ms in a small one, 3 ms in
 * one of 100 MB. A slot is a process of a few megabytes that does it for us in a third of the time, whatever we have grown to. There
 * are as many as it takes for one to be ready when the next program is due: a start that finds none is done by ourselves, and adds one.
 * What reads its input from us or goes into a control group is always started by ourselves, and so is everything where there is no Linux
 * or no Perl.
 */
export function createStarter(mark: string): Starter {
  const slots = new Set<Slot>()
  const ready: Slot[] = []
  let starts = 0
  let isAble: boolean | undefined

  const addSlot = (): void => {
    isAble ??= hasInterpreter()
    if (!isAble || slots.size >= mostSlots) return
    const slot = createSlot(mark, {
      onReady: (one) => ready.push(one),
      onLost(one) {
        slots.delete(one)
        const at = ready.indexOf(one)
        if (at !== -1) ready.splice(at, 1)
      },
    })
    slots.add(slot)
  }

  return {
    start(spawn, childMark, group) {
      if (spawn.stdin !== undefined || group !== undefined) return startChild(spawn, childMark, group)
      starts++
      const slot = ready.pop()
      // Programs that are due now do not wait for it.
      if (slot === undefined && starts > firstStarts) setImmediate(addSlot)
      const child = slot?.start(spawn, childMark)
      if (slot !== undefined && child === undefined) ready.push(slot)
      return child ?? startChild(spawn, childMark)
    },
    close() {
      isAble = false
      for (const slot of slots) slot.close()
    },
  }
}
