import { join } from 'node:path'
import type { ConfinedAttempt, Confinement } from './confinement.ts'
import type { Sandboxes, SandboxesOptions } from './sandbox/sandboxes.ts'
import type { Containers, ContainersOptions } from './container/containers.ts'

/** Confines attempts; what for is loaded when the first one asks. */
export interface Confinements {
  /** Undefined where the task asks for none. */
  confine(attempt: ConfinedAttempt): Promise<Confinement | { readonly problem: string } | undefined>
  /** Removes what is left of it all. */
  close(): Promise<void>
}

/** File in a run's temporary directory that tells which engines hold its containers. */
export const containersFile = 'containers'

/** Those of one run. */
export function createLazyConfinements(
  options: Omit<ContainersOptions, 'record'> & Omit<SandboxesOptions, 'environment'> & { readonly root: () => string },
): Confinements {
  let containers: Promise<Containers> | undefined
  let sandboxes: Promise<Sandboxes> | undefined
  const openContainers = (): Promise<Containers> =>
    (containers ??= import('./container/containers.ts').then(({ createContainers }) =>
      createContainers({ ...options, record: () => join(options.root(), containersFile) }),
    ))
  return {
    async confine(attempt) {
      const { container, sandbox } = attempt.task
      if (sandbox !== undefined) {
        sandboxes ??= import('./sandbox/sandboxes.ts').then(({ createSandboxes }) => createSandboxes(options))
        return (await sandboxes).confine(attempt, sandbox)
      }
      if (container === undefined) return undefined
      const { orderOf } = await import('./container/order-of.ts')
      const order = orderOf(attempt, container)
      return 'problem' in order ? order : (await openContainers()).confine(order)
    },
    async close() {
      await (await containers)?.close()
      await (await sandboxes)?.close()
    },
  }
}
