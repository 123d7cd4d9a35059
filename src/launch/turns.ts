/** Who goes first among attempts that run at once. */
export interface Turns {
  /** Takes a place at a position (two may share one); lower ones go first. */
  enter(position: number): Turn
}

/** A place among the others. */
export interface Turn {
  /**
   * Settles once everyone has left who is there now at a lower position; at once when `leave` is called. Nobody waits for a higher position, so
   * that no two wait for each other.
   */
  come(): Promise<void>
  leave(): void
}

/** No one is there at first. */
export function createTurns(): Turns {
  const present = new Map<Turn, { readonly position: number; readonly left: Promise<void> }>()
  return {
    enter(position) {
      let resolve: () => void
      const left = new Promise<void>((settle) => {
        resolve = settle
      })
      const turn: Turn = {
        async come() {
          const before = [...present.values()].filter((other) => other.position < position)
          await Promise.race([left, Promise.all(before.map((other) => other.left))])
        },
        leave() {
          present.delete(turn)
          resolve()
        },
      }
      present.set(turn, { position, left })
      return turn
    },
  }
}
