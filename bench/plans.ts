/** Orchestration files of known shape, as YAML text. */

/** `count` independent instances of /bin/true. */
export function widePlan(count: number): string {
  return header + Array.from({ length: count }, (_, at) => trueInstance(`n${at}`, [])).join('')
}

/** `count` instances, each needing the one before. */
export function chainPlan(count: number): string {
  return (
    header + Array.from({ length: count }, (_, at) => trueInstance(`n${at}`, at === 0 ? [] : [`n${at - 1}`])).join('')
  )
}

/** `layers` of `width`, each instance needing all of the layer before: width² × (layers − 1) edges. */
export function layeredPlan(layers: number, width: number): string {
  const ids = (layer: number): string[] => Array.from({ length: width }, (_, at) => `l${layer}n${at}`)
  const rows = Array.from({ length: layers }, (_, layer) =>
    ids(layer).map((id) => trueInstance(id, layer === 0 ? [] : ids(layer - 1))),
  )
  return header + rows.flat().join('')
}

/** `count` instances with about `edgesEach` edges to earlier ones, chosen by a fixed generator. */
export function randomPlan(count: number, edgesEach: number): string {
  let seed = 42
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return seed % below
  }
  const needs = (at: number): string[] =>
    at === 0 ? [] : [...new Set(Array.from({ length: edgesEach }, () => `n${random(at)}`))]
  return header + Array.from({ length: count }, (_, at) => trueInstance(`n${at}`, needs(at))).join('')
}

const header = 'name: bench\ninstances:\n'

function trueInstance(id: string, needs: readonly string[]): string {
  return `  ${id}:\n    command: [/bin/true]\n${needs.length > 0 ? `    needs: [${needs.join(', ')}]\n` : ''}`
}
