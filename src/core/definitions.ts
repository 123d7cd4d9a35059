import type { Instance, ProcessDefinition, ProcessInstance } from './instance.ts'

/** A definition of a process as the plan has it, and whose it is. */
export interface OwnedDefinition {
  readonly id: string
  readonly definition: ProcessDefinition
}

/** The processes of a plan: also those that the cells of a dynamic matrix are yet to be made of. */
export function processesOf(instances: readonly Instance[]): ProcessInstance[] {
  return instances.flatMap((instance) => {
    if (instance.kind === 'process') return [instance]
    return instance.kind === 'gate' ? processesOf(instance.expansion?.template ?? []) : []
  })
}

/** Every definition a run can come to start: also those that fallbacks bring. */
export function* definitionsOf(instances: readonly Instance[]): Generator<OwnedDefinition> {
  for (const { id, process, fallback } of processesOf(instances)) {
    yield { id, definition: process }
    for (const way of fallback) if (way.process !== undefined) yield { id, definition: way.process }
  }
}
