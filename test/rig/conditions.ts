import type { EdgeCondition, Instance } from '../../src/core/instance.ts'
import { statusFunctionsOf } from '../../src/core/status-functions.ts'

/** An `if` as the compiler puts it into a plan. */
export function condition(text: string): Pick<Instance, 'if' | 'ifCalls'> {
  return { if: text, ifCalls: statusFunctionsOf(text) }
}

/** The `when` of an edge that an expression decides, as the compiler puts it into a plan. */
export function expression(text: string): EdgeCondition {
  return { expression: text, calls: statusFunctionsOf(text) }
}
