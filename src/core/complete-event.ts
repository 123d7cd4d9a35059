import type { RunEvent } from './event.ts'
import type { Edge, Instance } from './instance.ts'
import { statusFunctionsOf } from './status-functions.ts'

/** An event with what earlier versions left out of the plan: the status functions that conditions call. */
export function completeEvent<E extends RunEvent>(event: E): E {
  if (event.type === 'run.started')
    return { ...event, plan: { ...event.plan, instances: completeInstances(event.plan.instances) } }
  return event.type === 'plan.expanded' ? { ...event, instances: completeInstances(event.instances) } : event
}

function completeInstances(instances: readonly Instance[]): readonly Instance[] {
  return instances.map((instance) => {
    const condition = instance.if
    const isExpanding = instance.kind === 'gate' && instance.expansion !== undefined
    if (condition === undefined && !isExpanding && instance.needs.every(isComplete)) return instance
    return {
      ...instance,
      needs: instance.needs.map(completeEdge),
      ...(condition !== undefined && { ifCalls: instance.ifCalls ?? statusFunctionsOf(condition) }),
      ...(isExpanding && {
        expansion: { ...instance.expansion, template: completeInstances(instance.expansion.template) },
      }),
    }
  })
}

/** What a journal of an earlier version has for an edge. */
type EarlierWhen = Edge['when'] | { readonly expression: string; readonly calls?: undefined }

function isComplete({ when }: { readonly when: EarlierWhen }): boolean {
  return typeof when === 'string' || when.calls !== undefined
}

function completeEdge(edge: Edge): Edge {
  const { when } = edge
  if (typeof when === 'string' || isComplete(edge)) return edge
  return { ...edge, when: { ...when, calls: statusFunctionsOf(when.expression) } }
}
