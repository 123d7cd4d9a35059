/** A foreign format: an instance list, or a list of stages with tasks. */
export type ForeignFormat = 'instances' | 'stages'

/** `instances` as a list, or `stages` as one: an orchestration file has a map of instances and no stages. */
const traces: readonly (readonly [ForeignFormat, RegExp])[] = [
  ['instances', /(?:^|[{,\s])(["']?)instances\1\s*:\s*(?:\[|-\s)/],
  ['stages', /(?:^|[{,\s])(["']?)stages\1\s*:\s*(?:\[|-\s)/],
]

/** The foreign formats a text may be in, told without parsing it; what it is in, `detectImport` says. */
export function tracesOf(text: string): ForeignFormat[] {
  return traces.filter(([, trace]) => trace.test(text)).map(([format]) => format)
}
