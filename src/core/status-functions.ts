/** The functions of an expression that ask how what came before has ended. */
export const statusFunctions = ['success', 'failure', 'always', 'cancelled'] as const

/** One of `success failure always cancelled`. */
export type StatusFunction = (typeof statusFunctions)[number]

/** A string of the expression language, a quote in it doubled; or a name that is called. */
const stringOrCall = /'(?:[^']|'')*'|(?<![\w.-])([\w-]+)\s*\(/g

/** The status functions an expression (without `${{ }}`) calls, in the order of `statusFunctions`. */
export function statusFunctionsOf(expression: string): StatusFunction[] {
  const called = new Set([...expression.matchAll(stringOrCall)].map(([, name = '']) => name.toLowerCase()))
  return statusFunctions.filter((name) => called.has(name))
}
