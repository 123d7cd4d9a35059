import type { ProcessDefinition } from '../core/instance.ts'
import { findEngine } from '../launch/container/engine.ts'
import { findSandbox } from '../launch/sandbox/find-sandbox.ts'

/** What confines a process on this machine, or why nothing does. */
export type ExaminedConfinement =
  | { readonly what: 'container' | 'sandbox'; readonly found: string }
  | { readonly what: 'container' | 'sandbox'; readonly problem: string; readonly hint: string }

type Environment = Readonly<Record<string, string | undefined>>

const engines = new WeakMap<Environment, Map<string, ReturnType<typeof findEngine>>>()

/** Tries what a process is to be confined by; undefined where it is not to be. */
export async function examineConfinement(
  { container, sandbox }: Pick<ProcessDefinition, 'container' | 'sandbox'>,
  environment: Environment,
): Promise<ExaminedConfinement | undefined> {
  if (sandbox !== undefined) {
    const made = await findSandbox(environment)
    return 'problem' in made ? { what: 'sandbox', ...made } : { what: 'sandbox', found: `bubblewrap (${made.path})` }
  }
  if (container === undefined) return undefined
  const known = engines.get(environment) ?? new Map<string, ReturnType<typeof findEngine>>()
  engines.set(environment, known)
  const asked = known.get(container.engine ?? '') ?? findEngine(container.engine, environment)
  known.set(container.engine ?? '', asked)
  const engine = await asked
  if ('problem' in engine) return { what: 'container', ...engine }
  const means = engine.rootless ? ', rootless' : ''
  return { what: 'container', found: `${engine.name} ${engine.version}${means} (${engine.path})` }
}
